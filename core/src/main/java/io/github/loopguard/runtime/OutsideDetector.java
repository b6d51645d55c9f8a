package io.github.loopguard.runtime;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.loopguard.detect.DetectorStatus;

/**
 * A detector that looks at event loops from outside: it instruments nothing, so it can be
 * started and stopped while the JVM runs.
 *
 * @param isWanted whether settings want it to work
 * @param configure replaces its settings; starts it, or stops it, as they say
 * @param status returns its status; {@code OFF} is not shown
 */
record OutsideDetector(Predicate<DetectorSettings> isWanted, Consumer<DetectorSettings> configure,
		Supplier<DetectorStatus> status) {
}
