package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.test.baseline.KnownViolations;
import io.github.loopguard.test.tracking.TestTracker;

/**
 * Checks, after all classes, the violations that happened after their class had ended.
 */
final class SessionJudge implements AutoCloseable {

	private final TestTracker tracker;

	SessionJudge(TestTracker tracker) {
		this.tracker = tracker;
	}

	@Override
	public void close() {
		try {
			Verdict verdict = new Verdict("unattributed", List.of());
			this.tracker.takeLeftovers().forEach(verdict::add);
			verdict.failIfBlocked("A test that was over");
		}
		finally {
			KnownViolations.instance().write();
		}
	}

}
