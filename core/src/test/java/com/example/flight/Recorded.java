package com.example.flight;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongBinaryOperator;

import org.awaitility.Awaitility;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.flight.FlightRecorder;
import io.github.loopguard.detect.flight.FlightRecorderSettings;
import io.github.loopguard.detect.flight.FlightRecorderSettings.Paths;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A flight recorder detector and a loop monitor, whose findings are in a ledger of their
 * own.
 */
final class Recorded implements AutoCloseable {

	static final FlightRecorderSettings AT_ONCE = new FlightRecorderSettings(true, Duration.ofMillis(10), Duration.ZERO,
			Paths.NAME, List.of(), 1_000, true);

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final Catalog catalog = Catalog.shipped();

	final Ledger ledger = new Ledger(this.catalog);

	final OccurrenceRecorder recorder = new OccurrenceRecorder(this.catalog, this.ledger,
			ApplicationPackages.of(List.of("com.example.flight")), Policy.defaults(this.catalog));

	final LoopMonitor monitor = new LoopMonitor(this.recorder::outside);

	final FlightRecorder detector;

	/** For how long the JVM is said to have stood still. */
	volatile LongBinaryOperator stoppedDuring = (begin, end) -> 0;

	Recorded() {
		this(AT_ONCE, List.of());
	}

	Recorded(FlightRecorderSettings settings, List<Allowance> allowances) {
		this.detector = new FlightRecorder(this.recorder::outside, this.monitor::stalledSince,
				(begin, end) -> this.stoppedDuring.applyAsLong(begin, end), () -> allowances);
		this.detector.configure(settings);
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.detector.status().state()).isEqualTo(State.ACTIVE));
	}

	void monitor(Duration threshold) {
		this.monitor.configure(new LoopMonitorSettings(true, threshold, Map.of(), Duration.ZERO, 1_000));
	}

	/**
	 * Runs something as one turn of an event loop that the detector knows.
	 */
	static void run(Executor loop, Callable<?> work) {
		CompletableFuture<?> done = new CompletableFuture<>();
		loop.execute(() -> {
			try {
				work.call();
				done.complete(null);
			}
			catch (Throwable ex) {
				done.completeExceptionally(ex);
			}
		});
		done.orTimeout(60, TimeUnit.SECONDS).join();
	}

	/**
	 * Runs something between a hook's entry and return, as woven code does.
	 */
	<T> T hooked(String className, String methodName, Callable<T> work) throws Exception {
		List<Hook> hooks = this.catalog.hooks();
		int id = 0;
		while (!(hooks.get(id).className().equals(className) && hooks.get(id).methodName().equals(methodName)
				&& hooks.get(id).kind() == Hook.Kind.LEAF)) {
			id++;
		}
		this.recorder.enter(id);
		try {
			return work.call();
		}
		finally {
			this.recorder.exit(id);
		}
	}

	/**
	 * Returns the violation of a method of {@link Calls}, once the detector has seen it.
	 */
	Violation seen(String method) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> violation(method), (it) -> it != null && it.detectors().contains(FlightRecorder.NAME));
	}

	Violation violation(String method) {
		return this.ledger.violations()
			.stream()
			.filter((it) -> it.site() != null && method.equals(it.site().methodName()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Returns the violation of a method that somebody has marked.
	 */
	Violation marked() {
		return this.ledger.violations()
			.stream()
			.filter((it) -> it.rule().equals(Catalog.MARKED_BLOCKING))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Waits until everything has been looked at that was recorded before.
	 */
	void awaitAllRead(Executor loop) {
		run(loop, () -> {
			Calls.lastSleep(30);
			return null;
		});
		seen("lastSleep");
	}

	@Override
	public void close() {
		this.detector.configure(FlightRecorderSettings.OFF);
		this.monitor.configure(LoopMonitorSettings.OFF);
		Awaitility.await().atMost(PATIENCE).until(() -> !this.detector.isRecording());
	}

	/**
	 * Waits until a violation was seen by a detector.
	 */
	Violation seenBy(String method, String detector) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> violation(method), (it) -> it != null && it.detectors().contains(detector));
	}

}
