package com.example.snippet;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import io.github.loopguard.autoconfigure.bridge.tls.LaneSslBundles;
import io.github.loopguard.autoconfigure.bridge.tls.LaneWebClients;
import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.operation.LaneTransactions;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import redis.clients.jedis.Jedis;

/**
 * What the pages take as given. Never made, only compiled against.
 */
abstract class Given {

	BlockingBridge bridge;

	Lane lane;

	Repository repository;

	Exporter export;

	Accounts accounts;

	String accountId;

	BigDecimal amount;

	String article;

	String tenant;

	Flux<String> ids;

	Flux<String> texts;

	PreparedStatement statement;

	DataSource dataSource;

	JdbcTemplate jdbc;

	LaneTransactions orderTransactions;

	LaneWebClients clients;

	LaneSslBundles sslBundles;

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

	abstract String format(String text);

	abstract Report load(String id);

	abstract int insert(java.sql.Connection connection, String name) throws SQLException;

	abstract String readName(java.sql.Connection connection) throws SQLException;

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

		static Report unavailable(Duration retryAfter) {
			throw new UnsupportedOperationException();
		}

		Report with(String template);

	}

	interface Repository {

		Report findById(String id) throws IOException;

	}

	interface ReportRepository extends Repository {

	}

	interface Exporter {

		boolean hasNext();

		void writeNext() throws IOException;

		int publish() throws IOException;

		void discard() throws IOException;

	}

	interface Accounts {

		void book(String accountId, BigDecimal amount) throws SQLException;

	}

	interface Order {

	}

	interface Renderer {

		byte[] render(Report report);

	}

}
