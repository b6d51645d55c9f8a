package com.example.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;
import redis.clients.jedis.JedisPooled;

/**
 * Clients of Redis and MongoDB.
 */
@Component
class StoreCalls implements Calls, AutoCloseable {

	private final int port;

	private final Jedis jedis;

	private final JedisPooled jedisPooled;

	private final JedisPool jedisPool;

	private final SilentServer redis = new SilentServer(Logins::redis);

	private final RedisClient lettuce;

	private final RedisCommands<String, String> lettuceCommands;

	private final MongoClient mongo;

	private final MongoCollection<Document> collection;

	private final MongoTemplate mongoTemplate;

	private final StringRedisTemplate redisTemplate;

	StoreCalls(SilentServer server) {
		this.port = server.port();
		HostAndPort address = new HostAndPort("127.0.0.1", server.port());
		JedisClientConfig jedisConfig = DefaultJedisClientConfig.builder().timeoutMillis(SilentServer.PATIENCE).build();
		this.jedis = new Jedis(new DefaultJedisSocketFactory(address, jedisConfig));
		JedisPoolConfig config = new JedisPoolConfig();
		config.setJmxEnabled(false);
		this.jedisPool = new JedisPool(config, "127.0.0.1", server.port(), SilentServer.PATIENCE);
		this.jedisPooled = new JedisPooled(address, jedisConfig);
		StatefulRedisConnection<String, String> connection = lettuce(this.redis, Duration.ofSeconds(20)).connect();
		connection.setTimeout(Duration.ofMillis(SilentServer.PATIENCE));
		this.lettuceCommands = connection.sync();
		this.lettuce = lettuce(server, Duration.ofMillis(SilentServer.PATIENCE));
		this.mongo = MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString("mongodb://" + server.address()))
			.applyToClusterSettings(
					(cluster) -> cluster.serverSelectionTimeout(SilentServer.PATIENCE, TimeUnit.MILLISECONDS))
			.build());
		this.collection = this.mongo.getDatabase("shop").getCollection("orders");
		this.mongoTemplate = new MongoTemplate(this.mongo, "shop");
		JedisConnectionFactory connections = new JedisConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", server.port()),
				JedisClientConfiguration.builder().readTimeout(Duration.ofMillis(SilentServer.PATIENCE)).build());
		connections.start();
		this.redisTemplate = new StringRedisTemplate(connections);
	}

	@Waits(rule = "blocking-client", api = "redis.clients.jedis.Jedis.get", line = "this.jedis.get(",
			fix = "Lettuce's reactive API")
	void jedis() {
		this.jedis.get("key");
	}

	@Waits(rule = "blocking-client", api = "redis.clients.jedis.Jedis.<init>", line = "new Jedis(",
			fix = "Lettuce's reactive API")
	void jedisConstructor() {
		new Jedis("127.0.0.1", this.port, SilentServer.PATIENCE);
	}

	@Waits(rule = "blocking-client", api = "redis.clients.jedis.UnifiedJedis.get", line = "this.jedisPooled.get(",
			fix = "ReactiveRedisTemplate")
	void jedisPooled() {
		this.jedisPooled.get("key");
	}

	@Waits(rule = "blocking-client", api = "redis.clients.jedis.JedisPool.getResource",
			line = "this.jedisPool.getResource()", fix = "ReactiveRedisTemplate")
	void jedisPool() {
		this.jedisPool.getResource();
	}

	@Waits(rule = "blocking-client", api = "io.lettuce.core.api.sync.RedisStringCommands.get",
			line = "this.lettuceCommands.get(", fix = "connection.reactive()")
	void lettuceCommand() {
		this.lettuceCommands.get("key");
	}

	@Waits(rule = "blocking-client", api = "io.lettuce.core.RedisClient.connect", line = "this.lettuce.connect()",
			fix = "connection.reactive()")
	void lettuceConnect() {
		this.lettuce.connect();
	}

	@Waits(rule = "blocking-client", api = "com.mongodb.client.MongoIterable.first", line = ".first()",
			fix = "mongodb-driver-reactivestreams")
	void mongoFind() {
		this.collection.find().first();
	}

	@Waits(rule = "blocking-client", api = "com.mongodb.client.MongoCollection.insertOne",
			line = "this.collection.insertOne(", fix = "ReactiveMongoTemplate")
	void mongoInsert() {
		this.collection.insertOne(new Document("name", "one"));
	}

	@Waits(rule = "blocking-client", api = "org.springframework.data.mongodb.core.MongoTemplate.findById",
			line = "this.mongoTemplate.findById(", fix = "ReactiveMongoTemplate")
	void mongoTemplate() {
		this.mongoTemplate.findById("one", Document.class, "orders");
	}

	@Waits(rule = "blocking-client", api = "org.springframework.data.redis.core.ValueOperations.get",
			line = "this.redisTemplate.opsForValue().get(", fix = "ReactiveRedisTemplate")
	void redisTemplate() {
		this.redisTemplate.opsForValue().get("key");
	}

	@Override
	public void close() throws IOException {
		this.jedisPool.close();
		this.jedisPooled.close();
		this.lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		this.mongo.close();
		this.redis.close();
	}

	private static RedisClient lettuce(SilentServer server, Duration timeout) {
		RedisURI uri = RedisURI.builder().withHost("127.0.0.1").withPort(server.port()).withTimeout(timeout).build();
		return RedisClient.create(uri);
	}

}
