package io.github.loopguard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.loop.LoopMonitor;

/**
 * The detectors that look at event loops from outside. This is where each of them is
 * connected to the rest.
 *
 * @since 0.2
 */
public final class OutsideDetectors {

	private final LoopMonitor loopMonitor;

	private final List<OutsideDetector> all;

	/**
	 * Creates the detectors without starting them.
	 * @param calls records what they find; {@code null} while nothing can be recorded
	 */
	OutsideDetectors(Supplier<@Nullable OutsideCalls> calls) {
		LoopMonitor loopMonitor = new LoopMonitor(calls);
		this.loopMonitor = loopMonitor;
		this.all = List.of(new OutsideDetector((settings) -> settings.loopMonitor().enabled(),
				(settings) -> loopMonitor.configure(settings.loopMonitor()), loopMonitor::status));
	}

	/**
	 * Returns what watches how long event loops are held.
	 * @return the loop monitor
	 */
	public LoopMonitor loopMonitor() {
		return this.loopMonitor;
	}

	/**
	 * Returns whether settings want any of them to work.
	 */
	boolean isWanted(DetectorSettings settings) {
		return this.all.stream().anyMatch((detector) -> detector.isWanted().test(settings));
	}

	/**
	 * Starts those that are wanted, and stops the others.
	 */
	void configure(DetectorSettings settings) {
		this.all.forEach((detector) -> detector.configure().accept(settings));
	}

	/**
	 * Returns settings to which they are switched while the application runs: there is no
	 * start then of which they would have to wait for the end.
	 */
	static DetectorSettings switched(DetectorSettings before, DetectorSettings after) {
		boolean begins = after.loopMonitor().enabled() && !before.loopMonitor().enabled();
		return begins ? after.with(after.loopMonitor().withGrace(Duration.ZERO)) : after;
	}

	/**
	 * Returns the status of those that are not off.
	 */
	List<DetectorStatus> status() {
		return this.all.stream()
			.map((detector) -> detector.status().get())
			.filter((status) -> status.state() != State.OFF)
			.toList();
	}

}
