package com.example.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients do once, at their first call: they connect, and read their configuration.
 */
class FirstCallTests {

	private static final Set<String> WARMING_UP = Set.of("class-loading", "resource-loading", "entropy");

	private static final String SENDER = "org.springframework.mail.javamail.JavaMailSenderImpl";

	private final SilentServer redis = new SilentServer(Logins::redis);

	private final SilentServer smtp = new SilentServer(Logins::smtp);

	private final JavaMailSenderImpl sender = new JavaMailSenderImpl();

	@BeforeAll
	static void install() {
		Loopguard.instance().install(ApplicationPackages.of(Set.of("com.example.clients")));
	}

	@BeforeEach
	void clear() {
		Loopguard.instance().ledger().clear();
	}

	@AfterEach
	void close() throws IOException {
		this.redis.close();
		this.smtp.close();
	}

	@Test
	void springDataRedisIsWhoConnectsForAReactiveTemplate() {
		LettuceConnectionFactory connections = connections();
		connections.afterPropertiesSet();
		try {
			ping(connections);
		}
		finally {
			connections.destroy();
		}
		assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo("blocking-client");
			assertThat(violation.api()).isEqualTo("io.lettuce.core.RedisClient.connect");
			assertThat(violation.site()).isNull();
			assertThat(violation.origin()).isEqualTo(Origin.FRAMEWORK);
			assertThat(violation.offender().className()).startsWith("org.springframework.data.redis.connection.");
			assertThat(violation.fix()).contains("connectionFactory.setEagerInitialization(true)");
			assertThat(violation.formerKeys()).containsExactly(new ViolationKey("blocking-client",
					"io.lettuce.core.RedisClient.connect", "io.lettuce.core.DefaultConnectionFuture#get"));
		});
	}

	@Test
	void connectionThatWasMadeAtStartUpIsSilent() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean(EagerConnections.class);
			context.registerBean(LettuceConnectionFactory.class, this::connections);
			context.refresh();
			ping(context.getBean(LettuceConnectionFactory.class));
		}
		assertThat(violations()).isEmpty();
	}

	@Test
	void mailIsNamedByTheCallsOfItsApi() {
		onALoop(this::sendByTransport);
		assertThat(violations()).allSatisfy((violation) -> {
			assertThat(violation.rule()).isEqualTo("blocking-client");
			assertThat(violation.site().methodName()).isEqualTo("sendByTransport");
		});
		assertThat(violations()).extracting(Violation::api)
			.contains("jakarta.mail.Session.getInstance", "jakarta.mail.Transport.send")
			.isSubsetOf("jakarta.mail.Session.getInstance", "jakarta.mail.Transport.send",
					"jakarta.mail.Session.<clinit>", "jakarta.mail.internet.MimeMessage.<init>");
		assertThat(fix("jakarta.mail.Session.getInstance")).contains("at start-up");
		assertThat(fix("jakarta.mail.Transport.send")).contains("HTTP API");
	}

	@Test
	void mailOfSpringIsNamedByTheCallsOfItsSender() {
		this.sender.setHost("127.0.0.1");
		this.sender.setPort(this.smtp.port());
		onALoop(this::sendBySender);
		assertThat(violations()).allSatisfy((violation) -> {
			assertThat(violation.rule()).isEqualTo("blocking-client");
			assertThat(violation.site().methodName()).isEqualTo("sendBySender");
			assertThat(violation.fix()).contains("HTTP API");
		});
		assertThat(violations()).extracting(Violation::api)
			.containsExactlyInAnyOrder(SENDER + ".createMimeMessage", SENDER + ".send");
	}

	private LettuceConnectionFactory connections() {
		return new LettuceConnectionFactory("127.0.0.1", this.redis.port());
	}

	private static void ping(LettuceConnectionFactory connections) {
		connections.start();
		ReactiveStringRedisTemplate template = new ReactiveStringRedisTemplate(connections);
		StepVerifier.create(template.execute((connection) -> connection.ping()).subscribeOn(Schedulers.parallel()))
			.expectNext("PONG")
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	private String sendByTransport() throws MessagingException {
		Properties properties = new Properties();
		properties.put("mail.smtp.host", "127.0.0.1");
		properties.put("mail.smtp.port", String.valueOf(this.smtp.port()));
		MimeMessage message = new MimeMessage(Session.getInstance(properties));
		write(message);
		Transport.send(message);
		return "sent";
	}

	private String sendBySender() throws MessagingException {
		MimeMessage message = this.sender.createMimeMessage();
		write(message);
		this.sender.send(message);
		return "sent";
	}

	private static void write(MimeMessage message) throws MessagingException {
		message.setFrom(new InternetAddress("me@example.com"));
		message.setRecipient(RecipientType.TO, new InternetAddress("you@example.com"));
		message.setText("hello");
	}

	private static void onALoop(Callable<String> handler) {
		StepVerifier.create(Mono.fromCallable(handler).subscribeOn(Schedulers.parallel()))
			.expectNext("sent")
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	private static List<Violation> violations() {
		return Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((it) -> !WARMING_UP.contains(it.rule()))
			.toList();
	}

	private static String fix(String api) {
		return violations().stream().filter((it) -> it.api().equals(api)).findFirst().orElseThrow().fix();
	}

	/**
	 * Connects when the application starts, as the fix proposes.
	 */
	static class EagerConnections implements BeanPostProcessor {

		@Override
		public Object postProcessBeforeInitialization(Object bean, String name) {
			if (bean instanceof LettuceConnectionFactory connectionFactory) {
				connectionFactory.setEagerInitialization(true);
			}
			return bean;
		}

	}

}
