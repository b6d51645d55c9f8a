package io.github.loopguard.autoconfigure.metrics;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Meters of groups of event loops that are new, while registries throw or hang.
 */
class LoopMetricsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final LedgerThread thread = Loopguard.instance().ledgerThread();

	private final LoopMonitor monitor = new LoopMonitor(() -> null);

	private final LoopMetrics metrics = new LoopMetrics(this.monitor, this.thread);

	private final Scheduler scheduler = Schedulers.newSingle("metered", true);

	@AfterEach
	void stop() {
		this.metrics.destroy();
		this.monitor.configure(LoopMonitorSettings.OFF);
		this.scheduler.dispose();
	}

	@Test
	void registryThatHangsHoldsUpOnlyMeters() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		MeterRegistry hangs = registry(() -> {
			hanging.countDown();
			awaitRelease(released);
		});
		this.metrics.bindTo(hangs);
		this.thread.start();
		begin();
		try {
			assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
			CountDownLatch looked = new CountDownLatch(1);
			this.thread.once(looked::countDown);
			assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(released.getCount()).isOne();
		}
		finally {
			released.countDown();
		}
		await().atMost(SOON).untilAsserted(() -> assertThat(stalls(hangs)).isNotNull());
	}

	@Test
	void registryThatThrowsKeepsNoOtherFromItsMetersAndGetsThemLater() {
		AtomicBoolean broken = new AtomicBoolean(true);
		MeterRegistry throwing = registry(() -> {
			if (broken.get()) {
				throw new IllegalStateException("registry");
			}
		});
		MeterRegistry other = new SimpleMeterRegistry();
		this.metrics.bindTo(throwing);
		this.metrics.bindTo(other);
		this.thread.start();
		begin();
		await().atMost(SOON).untilAsserted(() -> assertThat(stalls(other)).isNotNull());
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(throwing.find("loopguard.loop.pending").tag("group", "metered").gauge())
				.isNotNull());
		assertThat(stalls(throwing)).isNull();
		broken.set(false);
		await().atMost(SOON).untilAsserted(() -> assertThat(stalls(throwing)).isNotNull());
		assertThat(this.thread.failure()).isNull();
	}

	private void begin() {
		this.monitor.configure(LoopMonitorSettings.DEFAULTS);
		this.scheduler.schedule(() -> {
		});
	}

	private static FunctionCounter stalls(MeterRegistry registry) {
		return registry.find("loopguard.loop.stalls").tag("group", "metered").functionCounter();
	}

	private static void awaitRelease(CountDownLatch released) {
		try {
			released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static MeterRegistry registry(Runnable harm) {
		return new SimpleMeterRegistry() {

			@Override
			protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T object, ToDoubleFunction<T> count) {
				if ("metered".equals(id.getTag("group"))) {
					harm.run();
				}
				return super.newFunctionCounter(id, object, count);
			}

		};
	}

}
