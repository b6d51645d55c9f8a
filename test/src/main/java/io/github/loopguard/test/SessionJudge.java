package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.test.watch.Watch;
import io.github.loopguard.violation.Recording;

/**
 * Judges, when all classes are over, what came too late even for the class of its test.
 */
final class SessionJudge implements AutoCloseable {

	private final Watch watch;

	SessionJudge(Watch watch) {
		this.watch = watch;
	}

	@Override
	public void close() {
		Recording leftovers = this.watch.takeLeftovers();
		Verdict verdict = new Verdict(List.of());
		verdict.add(ClassJudge.violations(leftovers), "unattributed: it happened after its test's class was over");
		verdict.failIfBlocked("A test that was over", List.of(leftovers));
	}

}
