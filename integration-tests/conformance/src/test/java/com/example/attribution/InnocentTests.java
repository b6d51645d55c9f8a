package com.example.attribution;

import java.io.File;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import com.example.http.TestClients;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscriber;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Application code on the stack of somebody else's blocking call: it is never accused.
 */
@SpringBootTest(classes = AttributionApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class InnocentTests {

	private static final String LIBRARY = """
			package org.acme.io;
			public class Reader implements java.util.function.UnaryOperator<String>, Runnable,
					org.reactivestreams.Subscriber<String> {
				public String apply(String path) {
					try {
						return java.nio.file.Files.readString(java.nio.file.Path.of(path));
					}
					catch (java.io.IOException ex) {
						throw new java.io.UncheckedIOException(ex);
					}
				}
				public void run() {
					apply("pom.xml");
				}
				public void onSubscribe(org.reactivestreams.Subscription subscription) {
					subscription.request(Long.MAX_VALUE);
				}
				public void onNext(String path) {
					apply(path);
				}
				public void onError(Throwable failure) {
				}
				public void onComplete() {
				}
			}
			""";

	@TempDir
	static Path directory;

	@LocalServerPort
	private int port;

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	@BeforeEach
	void clear() {
		Loopguard.instance().ledger().clear();
	}

	@AfterEach
	void stop() {
		this.loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	void filterOfTheApplicationIsInnocentOfTheFrameworksStaticResources() {
		Innocents.PassingFilter.OCCURRENCES_INSIDE.set(0);
		TestClients.of(this.port)
			.get()
			.uri("/accused.txt")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("a page\n");
		List<Violation> violations = Loopguard.instance().ledger().violations();
		assertThat(violations).extracting(Violation::rule).contains("file-stat");
		assertThat(violations).allSatisfy((violation) -> {
			assertThat(violation.site()).isNull();
			assertThat(violation.origin()).isEqualTo(Origin.FRAMEWORK);
			assertThat(violation.action()).isEqualTo(Action.OBSERVE);
		});
		assertThat(Innocents.PassingFilter.OCCURRENCES_INSIDE)
			.as("the filter was on the stack, or this test proves nothing")
			.hasPositiveValue();
	}

	@Test
	void emitterIsInnocentOfWhatASubscribersLibraryDoes() {
		UnaryOperator<String> library = library();
		Innocents.Emitter emitter = new Innocents.Emitter();
		new Innocents.Assembler().start(emitter.sink, library);
		onLoop(() -> emitter.emit("pom.xml"));
		Violation violation = AttributionApplication.only();
		assertThat(violation.site().className()).isEqualTo(Innocents.Assembler.class.getName());
		assertThat(violation.site().methodName()).isEqualTo("start");
		assertThat(violation.offender().className()).isEqualTo("org.acme.io.Reader");
	}

	@Test
	@SuppressWarnings("unchecked")
	void emitterIsInnocentOfASubscriberOfALibrary() {
		Innocents.Emitter emitter = new Innocents.Emitter();
		emitter.sink.asFlux().subscribe((Subscriber<String>) (Object) library());
		onLoop(() -> emitter.emit("pom.xml"));
		Violation violation = AttributionApplication.only();
		assertThat(violation.site()).isNull();
		assertThat(violation.origin()).isEqualTo(Origin.LIBRARY);
		assertThat(violation.offender().className()).isEqualTo("org.acme.io.Reader");
		assertThat(violation.offender().methodName()).isEqualTo("apply");
	}

	@Test
	void libraryOnALoopOfItsOwnHasNoSite() {
		Runnable task = (Runnable) library();
		this.loops.execute(task);
		onLoop(() -> {
		});
		Violation violation = AttributionApplication.only();
		assertThat(violation.site()).isNull();
		assertThat(violation.origin()).isEqualTo(Origin.LIBRARY);
		assertThat(violation.action()).isEqualTo(Action.LOG);
		assertThat(violation.offender().className()).isEqualTo("org.acme.io.Reader");
	}

	@Test
	void loopThatRunsATaskOfTheJdksIsInnocent() throws Exception {
		Runnable task = MethodHandleProxies.asInterfaceInstance(Runnable.class,
				MethodHandles.lookup()
					.findVirtual(File.class, "exists", MethodType.methodType(boolean.class))
					.bindTo(new File("pom.xml"))
					.asType(MethodType.methodType(void.class)));
		this.loops.execute(task);
		onLoop(() -> {
		});
		Violation violation = AttributionApplication.only();
		assertThat(violation.rule()).isEqualTo("file-stat");
		assertThat(violation.site()).isNull();
		assertThat(violation.offender()).isNull();
		assertThat(violation.origin()).isEqualTo(Origin.UNKNOWN);
		assertThat(violation.action()).isEqualTo(Action.OBSERVE);
	}

	private void onLoop(Runnable task) {
		onLoop(this.loops, task);
	}

	static void onLoop(Executor loop, Runnable task) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		loop.execute(() -> {
			try {
				task.run();
				done.complete(null);
			}
			catch (Throwable ex) {
				done.completeExceptionally(ex);
			}
		});
		done.join();
	}

	@SuppressWarnings("unchecked")
	private static UnaryOperator<String> library() {
		return (UnaryOperator<String>) LibraryJar.newInstance(directory, "acme-io-3.0.jar",
				Map.of("org.acme.io.Reader", LIBRARY));
	}

}
