package com.example.stall;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.detect.loop.LoopState;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * A monitor of its own, whose findings are in a ledger of its own.
 */
final class Monitored implements AutoCloseable {

	static final LoopMonitorSettings AT_ONCE = new LoopMonitorSettings(true, Duration.ofMillis(100), Map.of(),
			Duration.ZERO, 1_000);

	private final Catalog catalog = Catalog.shipped();

	final Ledger ledger = new Ledger(this.catalog);

	final LoopMonitor monitor;

	Monitored() {
		this(AT_ONCE);
	}

	Monitored(LoopMonitorSettings settings) {
		OccurrenceRecorder recorder = new OccurrenceRecorder(this.catalog, this.ledger,
				ApplicationPackages.of(List.of("com.example.stall")), Policy.defaults(this.catalog));
		this.monitor = new LoopMonitor(recorder::outside);
		this.monitor.configure(settings);
	}

	/**
	 * Waits until an event loop is watched and known to be idle.
	 */
	void awaitWatched(String thread) {
		Awaitility.await().until(() -> state(thread) == LoopState.State.IDLE);
		Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> state(thread) == LoopState.State.IDLE);
	}

	/**
	 * Waits until an event loop is watched.
	 */
	void awaitKnown(String thread) {
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> state(thread) != null);
	}

	/**
	 * Waits until event loops are watched that may never be idle.
	 */
	void awaitWatchedOrBusy(String threads) {
		Awaitility.await()
			.until(() -> this.monitor.loops().stream().filter((loop) -> loop.name().startsWith(threads)).count() > 1);
	}

	LoopState.State state(String thread) {
		return this.monitor.loops()
			.stream()
			.filter((loop) -> loop.name().equals(thread))
			.map(LoopState::state)
			.findFirst()
			.orElse(null);
	}

	LoopState loop(String thread) {
		return this.monitor.loops().stream().filter((loop) -> loop.name().equals(thread)).findFirst().orElseThrow();
	}

	/**
	 * Runs something as one turn of an event loop.
	 * @return how long it took
	 */
	static Duration run(Executor loop, Callable<?> work) {
		CompletableFuture<Duration> took = new CompletableFuture<>();
		loop.execute(() -> {
			long start = System.nanoTime();
			try {
				work.call();
				took.complete(Duration.ofNanos(System.nanoTime() - start));
			}
			catch (Throwable ex) {
				took.completeExceptionally(ex);
			}
		});
		return took.orTimeout(60, TimeUnit.SECONDS).join();
	}

	/**
	 * Returns the violation of a method of {@link Work}, once it is there; {@code null}
	 * if it is not there soon.
	 */
	Violation violation(String method) {
		try {
			Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> !violations(method).isEmpty());
		}
		catch (ConditionTimeoutException ex) {
			return null;
		}
		return violations(method).get(0);
	}

	List<Violation> violations(String method) {
		return this.ledger.violations()
			.stream()
			.filter((it) -> it.site() != null && method.equals(it.site().methodName()) && it.held().count() > 0)
			.toList();
	}

	@Override
	public void close() {
		this.monitor.configure(new LoopMonitorSettings(false, Duration.ofMillis(100), Map.of(), Duration.ZERO, 0));
	}

}
