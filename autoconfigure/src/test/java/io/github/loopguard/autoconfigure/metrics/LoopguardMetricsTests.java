package io.github.loopguard.autoconfigure.metrics;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Meters while registries throw or hang.
 */
class LoopguardMetricsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final Loopguard loopguard = Loopguard.instance();

	private final LoopguardMetrics metrics = new LoopguardMetrics(this.loopguard);

	@AfterEach
	void stop() {
		this.metrics.destroy();
	}

	@Test
	void withoutARegistryThereIsNoThreadForMeters() {
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("loopguard-meters"));
		this.metrics.bindTo(new SimpleMeterRegistry());
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).contains("loopguard-meters");
	}

	@Test
	void registryThatThrowsKeepsNoOtherFromItsMetersAndGetsThemLater() {
		AtomicInteger left = new AtomicInteger();
		MeterRegistry throwing = registry(() -> {
			if (left.getAndDecrement() > 0) {
				throw new IllegalStateException("registry");
			}
		});
		MeterRegistry other = new SimpleMeterRegistry();
		this.metrics.bindTo(throwing);
		this.metrics.bindTo(other);
		left.set(3);
		occur("file-read");
		await().atMost(SOON).untilAsserted(() -> assertThat(counted(other, "file-read")).isEqualTo(1));
		await().atMost(SOON).untilAsserted(() -> assertThat(counted(throwing, "file-read")).isEqualTo(1));
		assertThat(left.get()).isNegative();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.loopguard.ledgerThread().failure()).isNull());
	}

	@Test
	void registryThatHangsHoldsUpOnlyMeters() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		AtomicBoolean broken = new AtomicBoolean();
		MeterRegistry hangs = registry(() -> {
			if (broken.get()) {
				hanging.countDown();
				awaitRelease(released);
			}
		});
		this.metrics.bindTo(hangs);
		broken.set(true);
		LedgerThread thread = this.loopguard.ledgerThread();
		thread.start();
		try {
			occur("file-write");
			assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
			CountDownLatch looked = new CountDownLatch(1);
			thread.once(looked::countDown);
			assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(released.getCount()).isOne();
		}
		finally {
			released.countDown();
		}
		await().atMost(SOON).untilAsserted(() -> assertThat(counted(hangs, "file-write")).isEqualTo(1));
	}

	@Test
	void threadEndsWithTheContextAlsoWhereARegistryHangs() throws Exception {
		CompletableFuture<Thread> hanging = new CompletableFuture<>();
		AtomicBoolean broken = new AtomicBoolean();
		this.metrics.bindTo(registry(() -> {
			if (broken.get()) {
				hanging.complete(Thread.currentThread());
				awaitRelease(new CountDownLatch(1));
			}
		}));
		broken.set(true);
		occur("file-stat");
		Thread thread = hanging.get(20, TimeUnit.SECONDS);
		this.metrics.destroy();
		thread.join(SOON.toMillis());
		assertThat(thread.isAlive()).isFalse();
	}

	private static double counted(MeterRegistry registry, String rule) {
		FunctionCounter counter = registry.find("loopguard.occurrences").tag("rule", rule).functionCounter();
		return (counter != null) ? counter.count() : 0;
	}

	private static void awaitRelease(CountDownLatch released) {
		try {
			released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void occur(String rule) {
		Frame site = new Frame("com.acme.Invoices", "render", "Invoices.java", 1);
		Finding finding = new Finding("blockhound", rule, "java.nio.file.Files.readString", null, Origin.APPLICATION,
				site, site, null, false, CallStack.NONE, "loop-1", null, null);
		this.loopguard.ledger().counter(finding, Policy.defaults(Catalog.shipped()).decide(finding)).begun();
	}

	private static MeterRegistry registry(Runnable harm) {
		return new SimpleMeterRegistry() {

			@Override
			protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T object, ToDoubleFunction<T> count) {
				if (id.getName().equals("loopguard.occurrences")) {
					harm.run();
				}
				return super.newFunctionCounter(id, object, count);
			}
		};
	}

}
