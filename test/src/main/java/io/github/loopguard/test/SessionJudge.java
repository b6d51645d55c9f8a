package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.test.baseline.KnownViolations;
import io.github.loopguard.test.watch.TestTracker;

/**
 * Judges, when all classes are over, what came too late even for the class of its test.
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
