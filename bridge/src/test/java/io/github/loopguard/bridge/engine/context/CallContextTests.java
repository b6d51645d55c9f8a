package io.github.loopguard.bridge.engine.context;

import java.time.Duration;
import java.util.List;

import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallContext}.
 */
class CallContextTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("context").withThreads(1));

	@BeforeEach
	void register() {
		ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
	}

	@AfterEach
	void close() {
		ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
		MDC.clear();
		TENANT.remove();
		this.bridge.close();
	}

	@Test
	void theLoggingContextReachesTheWorkAndComesBackAndIsGoneAfterwards() {
		MDC.put("trace", "4711");
		StepVerifier.create(this.lane.call(() -> MDC.get("trace")).map((seen) -> seen + "/" + MDC.get("trace")))
			.expectNext("4711/4711")
			.expectComplete()
			.verify(SOON);
		MDC.clear();
		StepVerifier.create(this.lane.call(() -> "" + MDC.get("trace")))
			.expectNext("null")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void theReactorContextReachesTheWorkAndComesBack() {
		StepVerifier
			.create(this.lane.call(TENANT::get)
				.map((seen) -> seen + "/" + TENANT.get())
				.flatMap((seen) -> Mono.deferContextual((context) -> Mono.just(seen + "/" + context.get("tenant"))))
				.contextWrite((context) -> context.put("tenant", "acme")))
			.expectNext("acme/acme/acme")
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.lane.call(() -> "" + TENANT.get())).expectNext("null").expectComplete().verify(SOON);
	}

	@Test
	void theCallersThreadLocalsReachTheWorkUnlessTheReactorContextSaysOtherwise() {
		TENANT.set("thread");
		StepVerifier.create(this.lane.call(TENANT::get)).expectNext("thread").expectComplete().verify(SOON);
		StepVerifier.create(this.lane.call(TENANT::get).contextWrite((context) -> context.put("tenant", "subscriber")))
			.expectNext("subscriber")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void errorsTimeoutsAndStreamsCarryTheContextToo() {
		StepVerifier.create(this.lane.run(() -> {
			throw new IllegalStateException();
		})
			.onErrorResume((error) -> Mono.fromRunnable(() -> assertThat(TENANT.get()).isEqualTo("acme")))
			.contextWrite((context) -> context.put("tenant", "acme"))).expectComplete().verify(SOON);
		StepVerifier
			.create(this.lane.iterate(() -> List.of(TENANT.get()).iterator())
				.map((seen) -> seen + "/" + TENANT.get())
				.contextWrite((context) -> context.put("tenant", "acme")))
			.expectNext("acme/acme")
			.expectComplete()
			.verify(SOON);
		StepVerifier
			.create(this.lane.session(TENANT::get, (session) -> session.call((seen) -> seen + "/" + TENANT.get()))
				.contextWrite((context) -> context.put("tenant", "acme")))
			.expectNext("acme/acme")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aBrokenAccessorFailsTheCallAndNotTheLane() {
		ContextRegistry.getInstance().registerThreadLocalAccessor("broken", () -> "x", (value) -> {
			throw new IllegalStateException("broken accessor");
		}, () -> {
		});
		try {
			StepVerifier.create(this.lane.call(() -> 1)).expectErrorMessage("broken accessor").verify(SOON);
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("broken");
		}
		StepVerifier.create(this.lane.call(() -> 1)).expectNext(1).expectComplete().verify(SOON);
		assertThat(this.lane.status().active()).isZero();
	}

}
