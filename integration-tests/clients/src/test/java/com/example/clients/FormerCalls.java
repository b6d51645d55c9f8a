package com.example.clients;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;

import io.r2dbc.h2.H2Connection;
import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import jakarta.mail.Session;
import kotlin.coroutines.Continuation;
import kotlin.io.FilesKt;
import org.h2.store.fs.FileUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import io.github.loopguard.test.NonBlockingTest;

/**
 * Blocking calls that Loopguard 0.1 knew by other names. Also compiled with that version,
 * to write its baseline; run in a JVM of its own by {@link FormerBaselineTests}.
 */
@NonBlockingTest
class FormerCalls {

	private static DataCalls data;

	@BeforeAll
	static void open() {
		data = new DataCalls();
		// What a class does when it is initialised belongs to no test.
		Session.getInstance(new Properties());
		onALoop(() -> {
			data.repository();
			data.entityManager();
			return "warm";
		});
	}

	@AfterAll
	static void close() {
		data.close();
	}

	@Test
	void repository() {
		onALoop(() -> {
			data.repository();
			return "found";
		});
	}

	@Test
	void repositoryThatSaves() {
		onALoop(() -> {
			data.repositorySave();
			return "saved";
		});
	}

	@Test
	void transaction() {
		onALoop(() -> {
			data.transactionTemplate();
			return "done";
		});
	}

	@Test
	void sharedEntityManager() {
		onALoop(() -> {
			data.entityManager();
			return "found";
		});
	}

	@Test
	void embeddedDatabase(@TempDir Path directory) {
		H2ConnectionFactory factory = new H2ConnectionFactory(
				H2ConnectionConfiguration.builder().file(directory.resolve("data").toString()).build());
		StepVerifier
			.create(Mono.usingWhen(factory.create(), (connection) -> Mono.just("open"), H2Connection::close)
				.subscribeOn(Schedulers.single()))
			.expectNext("open")
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void urlOfAFile() throws IOException {
		URL url = new File("pom.xml").toURI().toURL();
		onALoop(() -> {
			url.openStream().close();
			return "opened";
		});
	}

	@Test
	void kotlinsFunctions() {
		onALoop(() -> FilesKt.readText(new File("pom.xml"), StandardCharsets.UTF_8));
	}

	@Test
	void methodReference() {
		StepVerifier.create(FormerReferences.look().subscribeOn(Schedulers.parallel()))
			.expectNext(true)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void decoratedTask() {
		Runnable task = MethodHandleProxies.asInterfaceInstance(Runnable.class,
				exists().asType(MethodType.methodType(void.class)));
		onALoop(() -> decorate(task));
	}

	private static String decorate(Runnable task) {
		task.run();
		return "decorated";
	}

	@Test
	void continuation() {
		InvocationHandler handler = MethodHandleProxies.asInterfaceInstance(InvocationHandler.class,
				MethodHandles.dropArguments(exists().asType(MethodType.methodType(Object.class)), 0, Object.class,
						java.lang.reflect.Method.class, Object[].class));
		Continuation<?> continuation = (Continuation<?>) Proxy.newProxyInstance(FormerCalls.class.getClassLoader(),
				new Class<?>[] { Continuation.class }, handler);
		onALoop(() -> {
			continuation.resumeWith("value");
			return "resumed";
		});
	}

	@Test
	void reactiveRedis() throws Exception {
		try (SilentServer redis = new SilentServer(Logins::redis)) {
			LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", redis.port());
			connections.afterPropertiesSet();
			connections.start();
			StepVerifier
				.create(new ReactiveStringRedisTemplate(connections).execute((connection) -> connection.ping())
					.subscribeOn(Schedulers.parallel()))
				.expectNext("PONG")
				.expectComplete()
				.verify(Duration.ofSeconds(30));
			connections.destroy();
		}
	}

	@Test
	void mailSession() {
		onALoop(() -> Session.getInstance(new Properties()).toString());
	}

	@Test
	void mailOfSpring() {
		JavaMailSenderImpl sender = new JavaMailSenderImpl();
		onALoop(() -> sender.createMimeMessage().toString());
	}

	@Test
	void listInALaterTurn() throws Exception {
		inTwoTurns(FormerStreams::list);
	}

	@Test
	void walkInALaterTurn() throws Exception {
		inTwoTurns(FormerStreams::walk);
	}

	@Test
	void linesInALaterTurn() throws Exception {
		inTwoTurns(FormerStreams::lines);
	}

	@Test
	void directoryInALaterTurn() throws Exception {
		inTwoTurns(FormerStreams::directory);
	}

	/**
	 * Opens something in one turn of an event loop, and uses it in the next.
	 */
	private static <T extends AutoCloseable> void inTwoTurns(LazyUse<T> use) throws Exception {
		Scheduler loop = Schedulers.newSingle("turns");
		try (T opened = Mono.fromCallable(() -> use.apply(null)).subscribeOn(loop).blockOptional().orElseThrow()) {
			StepVerifier.create(Mono.fromCallable(() -> use.apply(opened)).subscribeOn(loop))
				.expectNext(opened)
				.expectComplete()
				.verify(Duration.ofSeconds(30));
		}
		finally {
			loop.dispose();
		}
	}

	/**
	 * A method of a library that looks for a file.
	 */
	private static MethodHandle exists() {
		try {
			return MethodHandles.insertArguments(
					MethodHandles.lookup()
						.findStatic(FileUtils.class, "exists", MethodType.methodType(boolean.class, String.class)),
					0, new File("pom.xml").getAbsolutePath());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void onALoop(Callable<String> call) {
		StepVerifier.create(Mono.fromCallable(call).subscribeOn(Schedulers.parallel()))
			.expectNextCount(1)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	/**
	 * Runs the tests; exits with the number of those that failed.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		try (LauncherSession session = LauncherFactory.openSession()) {
			session.getLauncher()
				.execute(LauncherDiscoveryRequestBuilder.request()
					.selectors(DiscoverySelectors.selectClass(FormerCalls.class),
							DiscoverySelectors.selectClass(FormerInitialisers.class))
					.build(), summary);
		}
		summary.getSummary().printFailuresTo(new PrintWriter(System.out, true));
		System.out.println(summary.getSummary().getTestsSucceededCount() + " tests succeeded");
		System.exit((int) summary.getSummary().getTotalFailureCount());
	}

	/**
	 * Opens something lazy, or uses it.
	 */
	private interface LazyUse<T> {

		T apply(@Nullable T opened) throws IOException;

	}

}
