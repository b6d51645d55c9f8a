package io.github.loopguard.test;

import java.util.ArrayList;
import java.util.List;

import io.github.loopguard.test.watch.Watch;
import io.github.loopguard.test.watch.WatchedClass;
import io.github.loopguard.violation.Recording;
import io.github.loopguard.violation.Violation;

/**
 * Judges, when a class is over, what cannot be tied to one of its tests.
 */
final class ClassJudge implements AutoCloseable {

	private final Watch watch;

	private final WatchedClass watched;

	private final List<Allowance> allowances;

	ClassJudge(Watch watch, Class<?> type) {
		this.watch = watch;
		this.allowances = TestExpectations.of(type);
		this.watched = watch.begin(type.getName());
	}

	WatchedClass watched() {
		return this.watched;
	}

	@Override
	public void close() {
		this.watched.awaitQuiet();
		this.watch.end(this.watched);
		Verdict verdict = new Verdict(this.allowances);
		List<Recording> all = new ArrayList<>();
		this.watched.unattributed().forEach((circumstances, recordings) -> recordings.forEach((recording) -> {
			verdict.add(violations(recording), "unattributed: " + circumstances);
			all.add(recording);
		}));
		verdict.failIfBlocked(this.watched.name(), all);
	}

	static List<Violation> violations(Recording recording) {
		return recording.violations().stream().filter((it) -> !TestHarness.isResponsible(it)).toList();
	}

}
