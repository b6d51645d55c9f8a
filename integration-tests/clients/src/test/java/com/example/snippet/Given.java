package com.example.snippet;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.test.BlockingViolations;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import redis.clients.jedis.Jedis;

/**
 * What the pages take as given. Never made, only compiled against.
 */
abstract class Given {

	BlockingBridge bridge;

	Path path;

	Path dir;

	Path root;

	Path pem;

	String file;

	String text;

	String host;

	String name;

	String key;

	String id;

	String input;

	String raw;

	String answer;

	char[] password;

	byte[] buffer;

	byte[] bytes;

	List<String> command;

	Object shared;

	Duration timeout;

	URI uri;

	Thread thread;

	CompletableFuture<String> future;

	Sinks.One<String> done;

	Socket socket;

	ServerSocket server;

	SocketAddress address;

	InetAddress resolved;

	Connection connection;

	KeyStore keyStore;

	CertificateFactory factory;

	ResourcePatternResolver resolver;

	RestClient restClient;

	WebClient webClient;

	JdbcTemplate jdbcTemplate;

	KafkaConsumer<String, String> consumer;

	KafkaProducer<String, String> producer;

	ProducerRecord<String, String> record;

	Jedis jedis;

	ReactiveRedisTemplate<String, String> reactiveRedisTemplate;

	PasswordEncoder encoder;

	User user;

	Library library;

	Client client;

	Tariffs tariffs;

	Renderer renderer;

	BlockingViolations violations;

	abstract Path pathOf(String id);

	abstract String expensive(String input);

	abstract KeyStore loadKeyStore(String file, char[] password);

	abstract byte[] readTemplate();

	interface User {

		String password();

	}

	interface Library {

		String blockingCall();

	}

	interface Client {

		Mono<String> find(String id);

	}

	interface Invoices {

		Mono<String> render(String id);

	}

	interface Tariffs {

		Mono<String> load();

		Mono<String> find(String id);

	}

	interface TariffLoader {

	}

	interface InvoiceController {

	}

	interface Report {

	}

	interface Order {

	}

	interface Renderer {

		byte[] render(Report report);

	}

}
