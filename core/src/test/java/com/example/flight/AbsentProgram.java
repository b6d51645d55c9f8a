package com.example.flight;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.flight.FlightRecorder;

/**
 * Tells the status of the detector in a JVM where it may not work.
 */
public final class AbsentProgram {

	private AbsentProgram() {
	}

	public static void main(String[] arguments) {
		FlightRecorder detector = new FlightRecorder(() -> null, (thread) -> 0, (begin, end) -> 0, List::of);
		detector.configure(Recorded.AT_ONCE);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> detector.status().state() != State.OFF);
		System.out.println(detector.status());
		System.exit(0);
	}

}
