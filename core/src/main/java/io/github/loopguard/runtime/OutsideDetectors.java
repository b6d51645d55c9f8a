package io.github.loopguard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Violation;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.blackbox.recorder.BlackBox;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.flight.FlightRecorder;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.ledger.Ledger;

/**
 * The detectors that look at event loops from outside. This is where each of them is
 * connected to the rest.
 *
 * @since 0.2
 */
public final class OutsideDetectors {

	private final LoopMonitor loopMonitor;

	private final BlackBox blackBox;

	private final FlightRecorder flightRecorder;

	/**
	 * Creates the detectors without starting them.
	 * @param calls records what they find; {@code null} while nothing can be recorded
	 * @param ledger has what they found
	 * @param allowances returns what BlockHound lets pass without counting it
	 */
	OutsideDetectors(Supplier<@Nullable OutsideCalls> calls, Ledger ledger, Supplier<List<Allowance>> allowances) {
		this.loopMonitor = new LoopMonitor(calls);
		this.flightRecorder = new FlightRecorder(calls, this.loopMonitor::stalledSince, this.loopMonitor::stoppedDuring,
				allowances);
		this.blackBox = new BlackBox(this.loopMonitor, ledger);
	}

	/**
	 * Returns what watches how long event loops are held.
	 * @return the loop monitor
	 */
	public LoopMonitor loopMonitor() {
		return this.loopMonitor;
	}

	/**
	 * Returns what takes violations over that are announced. It never waits.
	 */
	Consumer<Violation> announced() {
		return this.blackBox.announced();
	}

	/**
	 * Logs what is wrong with those that nobody asks for their status.
	 */
	void warn() {
		this.blackBox.warn();
	}

	/**
	 * Returns what reads the JVM's flight recorder.
	 * @return the flight recorder detector
	 */
	public FlightRecorder flightRecorder() {
		return this.flightRecorder;
	}

	/**
	 * Returns whether settings want any of them to work.
	 */
	boolean isWanted(DetectorSettings settings) {
		return settings.loopMonitor().enabled() || settings.flightRecorder().isWanted() || !settings.blackBox().isOff();
	}

	/**
	 * Starts those that are wanted, and stops the others.
	 */
	void configure(DetectorSettings settings) {
		this.loopMonitor.configure(settings.loopMonitor());
		this.flightRecorder.configure(settings.flightRecorder());
		this.blackBox.configure(settings.blackBox());
	}

	/**
	 * Returns settings to which they are switched while the application runs: there is no
	 * start then of which they would have to wait for the end.
	 */
	static DetectorSettings switched(DetectorSettings before, DetectorSettings after) {
		DetectorSettings settings = after;
		if (after.loopMonitor().enabled() && !before.loopMonitor().enabled()) {
			settings = settings.with(after.loopMonitor().withGrace(Duration.ZERO));
		}
		if (after.flightRecorder().enabled() && !before.flightRecorder().enabled()) {
			settings = settings.with(after.flightRecorder().withStartDelay(Duration.ZERO));
		}
		return settings;
	}

	/**
	 * Returns the status of those that are not off.
	 */
	List<DetectorStatus> status() {
		List<DetectorStatus> all = new ArrayList<>();
		for (DetectorStatus status : List.of(this.loopMonitor.status(), this.flightRecorder.status(),
				this.blackBox.status())) {
			if (status.state() != State.OFF) {
				all.add(status);
			}
		}
		return all;
	}

}
