package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.test.tracking.TestTracker;
import io.github.loopguard.test.tracking.TrackedClass;

/**
 * Checks, after a class, the violations that cannot be attributed to one of its tests.
 */
final class ClassJudge implements AutoCloseable {

	private final TestTracker tracker;

	private final TrackedClass tracked;

	private final List<TestAllowance> allowances;

	ClassJudge(TestTracker tracker, Class<?> type) {
		this.tracker = tracker;
		this.allowances = TestExpectations.of(type);
		this.tracked = tracker.begin(type.getName());
	}

	TrackedClass tracked() {
		return this.tracked;
	}

	@Override
	public void close() {
		this.tracked.awaitQuiet();
		this.tracker.end(this.tracked);
		Verdict verdict = new Verdict(this.tracked.name(), this.allowances);
		this.tracked.unattributed().forEach(verdict::add);
		verdict.failIfBlocked(this.tracked.name());
	}

}
