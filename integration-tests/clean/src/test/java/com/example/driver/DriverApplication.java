package com.example.driver;

import java.time.Duration;
import java.util.Map;

import com.example.approach.CounterClient;
import com.example.approach.StoreClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * A WebFlux application that talks to PostgreSQL, Redis and Kafka.
 */
@SpringBootApplication
class DriverApplication {

	@Bean
	SecurityWebFilterChain open(ServerHttpSecurity http) {
		return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
	}

	@Bean(destroyMethod = "shutdown")
	RedisClient redisClient(@Value("${redis.port}") int port) {
		return RedisClient.create("redis://localhost:" + port);
	}

	@Bean(destroyMethod = "close")
	StatefulRedisConnection<String, String> redisConnection(RedisClient client) {
		return client.connect();
	}

	/**
	 * Starts with the application, not before it: on JDK 17 calls of {@code Object.wait}
	 * are seen in classes that are loaded after Loopguard is installed, and the broker
	 * shares its client's classes.
	 */
	@Bean
	EmbeddedKafkaBroker broker() {
		return new EmbeddedKafkaKraftBroker(1, 3, Messages.TOPIC)
			.brokerProperties(Map.of("offsets.topic.num.partitions", "1"));
	}

	@Bean
	CounterClient counterClient(@Value("${redis.port}") int port) {
		return CounterClient.connect("localhost", port).block(Duration.ofSeconds(10));
	}

	@Bean
	StoreClient storeClient(@Value("${redis.port}") int port) {
		return StoreClient.connect("localhost", port).block(Duration.ofSeconds(10));
	}

}
