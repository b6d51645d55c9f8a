package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.test.watch.TestTracker;
import io.github.loopguard.test.watch.WatchedClass;

/**
 * Judges, when a class is over, what cannot be tied to one of its tests.
 */
final class ClassJudge implements AutoCloseable {

	private final TestTracker watch;

	private final WatchedClass watched;

	private final List<Allowance> allowances;

	ClassJudge(TestTracker watch, Class<?> type) {
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
		Verdict verdict = new Verdict(this.watched.name(), this.allowances);
		this.watched.unattributed().forEach(verdict::add);
		verdict.failIfBlocked(this.watched.name());
	}

}
