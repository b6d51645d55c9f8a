package io.github.loopguard.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Libraries that wait, with their non-blocking counterparts.
 */
final class Counterparts {

	/**
	 * Rules of libraries that wait for a server or another thread, so that another
	 * library is a fix.
	 */
	private static final Set<String> RULES = Set.of("jdbc", "messaging", "blocking-client", "http-request",
			"socket-connect", "socket-read", "socket-write", "dns-lookup", "thread-park", "monitor-wait");

	private static final String BRIDGE = ", or bridge.call(...)";

	static final List<Counterpart> ALL = List.of(
			of("org.postgresql.", "PostgreSQL JDBC driver", "use r2dbc-postgresql" + BRIDGE),
			of("com.mysql.", "MySQL Connector/J", "use r2dbc-mysql (io.asyncer)" + BRIDGE),
			of("org.mariadb.jdbc.", "MariaDB Connector/J", "use r2dbc-mariadb" + BRIDGE),
			of("com.microsoft.sqlserver.", "SQL Server JDBC driver", "use r2dbc-mssql" + BRIDGE),
			of("oracle.jdbc.", "Oracle JDBC driver", "use oracle-r2dbc" + BRIDGE),
			of("org.h2.", "H2", "bridge.call(...); r2dbc-h2 runs on the calling thread and is no fix"),
			of("org.hsqldb.", "HSQLDB", "bridge.call(...); there is no R2DBC driver for HSQLDB"),
			of("org.apache.derby.", "Derby", "bridge.call(...); there is no R2DBC driver for Derby"),
			of("org.sqlite.", "SQLite", "bridge.call(...); SQLite reads its file on the calling thread"),
			of("com.zaxxer.hikari.", "HikariCP", "use r2dbc-pool with an R2DBC driver" + BRIDGE),
			of("org.apache.tomcat.jdbc.", "Tomcat JDBC pool", "use r2dbc-pool with an R2DBC driver" + BRIDGE),
			of("org.apache.commons.dbcp2.", "Commons DBCP 2", "use r2dbc-pool with an R2DBC driver" + BRIDGE),
			of("io.agroal.", "Agroal", "use r2dbc-pool with an R2DBC driver" + BRIDGE),
			of("com.mchange.v2.c3p0.", "c3p0", "use r2dbc-pool with an R2DBC driver" + BRIDGE),
			of("org.springframework.jdbc.", "Spring JDBC",
					"use DatabaseClient of spring-r2dbc, or bridge.call(() -> jdbcTemplate.queryForList(sql))"),
			of("org.springframework.data.jdbc.", "Spring Data JDBC", "use Spring Data R2DBC" + BRIDGE),
			of("org.springframework.data.jpa.", "Spring Data JPA", "use Spring Data R2DBC" + BRIDGE),
			of("org.hibernate.validator.", "Hibernate Validator", "bridge.call(() -> validator.validate(bean))"),
			of("org.hibernate.", "Hibernate ORM", "use Hibernate Reactive or Spring Data R2DBC" + BRIDGE),
			of("jakarta.persistence.", "JPA", "use Hibernate Reactive or Spring Data R2DBC" + BRIDGE),
			of("org.springdoc.", "springdoc-openapi",
					"set springdoc.pre-loading-enabled=true, and springdoc.pre-loading-locales to the languages of your "
							+ "users, because each has a description of its own"),
			of("org.apache.kafka.clients.producer.", "Kafka producer",
					"bridge.call(() -> producer.send(record, callback)), because send waits for metadata"),
			of("org.apache.kafka.", "Kafka client",
					"poll on a thread of its own, such as a listener container of spring-kafka has" + BRIDGE),
			of("org.springframework.kafka.", "Spring for Kafka",
					"bridge.call(() -> kafkaTemplate.send(topic, text)), which returns a future, and @KafkaListener"),
			of("com.rabbitmq.", "RabbitMQ client", "use reactor-rabbitmq, or a listener container" + BRIDGE),
			of("org.springframework.amqp.", "Spring AMQP", "use reactor-rabbitmq, or @RabbitListener" + BRIDGE),
			of("org.apache.activemq.", "ActiveMQ and Artemis JMS client",
					"receive with a MessageListener or @JmsListener, and send through bridge.call(...)"),
			of("org.springframework.jms.", "Spring JMS",
					"receive with @JmsListener, and send through bridge.call(...)"),
			of("jakarta.jms.", "JMS", "receive with a MessageListener, and send through bridge.call(...)"),
			of("org.apache.pulsar.", "Pulsar client", "use sendAsync and receiveAsync, or pulsar-client-reactive"),
			of("io.nats.", "NATS client", "use publish, requestAsync and a dispatcher" + BRIDGE),
			of("redis.clients.jedis.", "Jedis", "use Lettuce's reactive API or ReactiveRedisTemplate" + BRIDGE),
			of("io.lettuce.", "Lettuce, synchronous",
					"use connection.reactive() or ReactiveRedisTemplate instead of connection.sync()"),
			of("org.redisson.", "Redisson", "use redisson.reactive()"),
			of("org.springframework.data.redis.", "Spring Data Redis", "use ReactiveRedisTemplate" + BRIDGE),
			of("org.springframework.data.redis.connection.lettuce.", "Spring Data Redis, connecting",
					"connectionFactory.setEagerInitialization(true) before the LettuceConnectionFactory starts, in a "
							+ "BeanPostProcessor with Spring Boot"),
			of("com.mongodb.client.", "MongoDB synchronous driver",
					"use mongodb-driver-reactivestreams or ReactiveMongoTemplate" + BRIDGE),
			of("com.mongodb.", "MongoDB driver",
					"use mongodb-driver-reactivestreams or ReactiveMongoTemplate" + BRIDGE),
			of("org.springframework.data.mongodb.", "Spring Data MongoDB", "use ReactiveMongoTemplate" + BRIDGE),
			of("com.datastax.oss.", "Cassandra driver", "use executeReactive or ReactiveCassandraTemplate" + BRIDGE),
			of("org.neo4j.driver.", "Neo4j driver", "use driver.session(ReactiveSession.class)" + BRIDGE),
			of("com.couchbase.", "Couchbase SDK", "use cluster.reactive()"),
			of("co.elastic.clients.", "Elasticsearch client",
					"use ElasticsearchAsyncClient or ReactiveElasticsearchClient" + BRIDGE),
			of("org.elasticsearch.", "Elasticsearch REST client", "use performRequestAsync" + BRIDGE),
			of("org.opensearch.", "OpenSearch client", "use OpenSearchAsyncClient" + BRIDGE),
			of("org.apache.solr.", "Solr client", "use HttpJdkSolrClient.requestAsync" + BRIDGE),
			of("org.apache.hadoop.hbase.", "HBase client", "use AsyncConnection and AsyncTable" + BRIDGE),
			of("org.apache.hadoop.", "HDFS client", "use WebHDFS through WebClient" + BRIDGE),
			of("com.arangodb.", "ArangoDB driver", "use ArangoDBAsync" + BRIDGE),
			of("com.influxdb.", "InfluxDB client", "use influxdb-client-reactive" + BRIDGE),
			of("com.hazelcast.", "Hazelcast", "use the asynchronous methods, such as IMap.getAsync" + BRIDGE),
			of("net.spy.memcached.", "Spymemcached", "use asyncGet with a listener" + BRIDGE),
			of("software.amazon.awssdk.", "AWS SDK 2", "use the asynchronous client, such as S3AsyncClient"),
			of("com.amazonaws.", "AWS SDK 1", "use the asynchronous clients of AWS SDK 2" + BRIDGE),
			of("com.azure.", "Azure SDK", "use the asynchronous client, whose methods return Mono and Flux"),
			of("com.google.api.gax.", "Google Cloud clients", "use futureCall and ApiFutures" + BRIDGE),
			of("io.grpc.", "gRPC blocking stub", "use the asynchronous stub, or reactor-grpc"),
			of("io.minio.", "MinIO client", "use MinioAsyncClient" + BRIDGE),
			of("com.sun.jndi.", "JNDI", "bridge.call(...); JNDI has no asynchronous form"),
			of("javax.naming.", "JNDI", "bridge.call(...); JNDI has no asynchronous form"),
			of("org.springframework.ldap.", "Spring LDAP", "bridge.call(...); Spring LDAP has no reactive form"),
			of("com.unboundid.", "UnboundID LDAP SDK", "use asyncSearch and its like" + BRIDGE),
			of("jakarta.mail.", "Jakarta Mail", "bridge.call(...), or the mail provider's HTTP API through WebClient"),
			of("jakarta.mail.Session", "Jakarta Mail, a session",
					"Session.getInstance(properties) once, at start-up, because it reads files"),
			of("org.eclipse.angus.mail.", "Angus Mail",
					"bridge.call(...), or the mail provider's HTTP API through WebClient"),
			of("org.springframework.mail.", "Spring Mail",
					"bridge.call(...), or the mail provider's HTTP API through WebClient"),
			of("org.springframework.web.client.", "RestTemplate and RestClient", "use WebClient" + BRIDGE),
			of("org.springframework.http.client.", "Spring's blocking HTTP requests", "use WebClient" + BRIDGE),
			of("org.apache.hc.", "Apache HttpClient 5", "use WebClient, or CloseableHttpAsyncClient"),
			of("org.apache.http.", "Apache HttpClient 4", "use WebClient, or CloseableHttpAsyncClient of version 5"),
			of("okhttp3.", "OkHttp", "use WebClient, or call.enqueue(callback)"),
			of("java.net.http.", "java.net.http.HttpClient",
					"use WebClient, or Mono.fromFuture(httpClient.sendAsync(request, BodyHandlers.ofString()))"),
			of("feign.", "Feign", "use an HTTP interface client on WebClient" + BRIDGE),
			of("retrofit2.", "Retrofit", "use call.enqueue(callback), or the adapter for Reactor"),
			of("org.apache.curator.", "Curator", "use AsyncCuratorFramework" + BRIDGE),
			of("org.apache.zookeeper.", "ZooKeeper", "use the methods that take a callback" + BRIDGE),
			of("org.eclipse.paho.", "Paho MQTT", "use MqttAsyncClient with callbacks" + BRIDGE),
			of("com.jcraft.jsch.", "JSch", "bridge.call(...); JSch has no asynchronous form"),
			of("org.apache.commons.net.", "Commons Net", "bridge.call(...); Commons Net has no asynchronous form"));

	private static final Comparator<Counterpart> BY_LENGTH = Comparator.comparingInt((it) -> it.prefix().length());

	private Counterparts() {
	}

	/**
	 * Returns the fix for the first of some names that belongs to a library with an
	 * entry, or empty if none does.
	 */
	static Optional<String> fix(String rule, List<String> names) {
		if (!RULES.contains(rule)) {
			return Optional.empty();
		}
		return names.stream().flatMap((name) -> ofClass(name).stream()).map(Counterpart::fix).findFirst();
	}

	static Optional<Counterpart> ofClass(String className) {
		return ALL.stream().filter((it) -> className.startsWith(it.prefix())).max(BY_LENGTH);
	}

	private static Counterpart of(String prefix, String library, String fix) {
		return new Counterpart(prefix, library, fix);
	}

	/**
	 * What to use instead of a library that waits.
	 *
	 * @param prefix prefix of the names of its classes
	 * @param library name of the library
	 * @param fix what to do instead, in one sentence
	 */
	record Counterpart(String prefix, String library, String fix) {
	}

}
