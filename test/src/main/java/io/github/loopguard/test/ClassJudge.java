package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.test.watch.TestTracker;
import io.github.loopguard.test.watch.WatchedClass;

/**
 * Checks, after a class, the violations that cannot be attributed to one of its tests.
 */
final class ClassJudge implements AutoCloseable {

	private final TestTracker tracker;

	private final WatchedClass watched;

	private final List<TestAllowance> allowances;

	ClassJudge(TestTracker tracker, Class<?> type) {
		this.tracker = tracker;
		this.allowances = TestExpectations.of(type);
		this.watched = tracker.begin(type.getName());
	}

	WatchedClass watched() {
		return this.watched;
	}

	@Override
	public void close() {
		this.watched.awaitQuiet();
		this.tracker.end(this.watched);
		Verdict verdict = new Verdict(this.watched.name(), this.allowances);
		this.watched.unattributed().forEach(verdict::add);
		verdict.failIfBlocked(this.watched.name());
	}

}
