package io.github.loopguard.blackbox.recorder;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.github.loopguard.Frame;
import io.github.loopguard.Violation;
import io.github.loopguard.blackbox.BlackBoxRecord;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationsDropped;

/**
 * Violations that were announced and are not recorded so far. Takes them over from the
 * thread that announces them without waiting.
 */
final class AnnouncedViolations implements Consumer<Violation> {

	private static final int MOST = 256;

	private final Queue<Violation> waiting = new ArrayBlockingQueue<>(MOST);

	private final LongAdder dropped = new LongAdder();

	private long recordedDrops;

	@Override
	public void accept(Violation violation) {
		if (!this.waiting.offer(violation)) {
			this.dropped.increment();
		}
	}

	/**
	 * Forgets what was announced, since all violations are about to be recorded.
	 */
	void clear() {
		this.waiting.clear();
	}

	/**
	 * Records what was announced.
	 */
	void record(Instant at, Consumer<BlackBoxRecord> out) {
		for (Violation violation = this.waiting.poll(); violation != null; violation = this.waiting.poll()) {
			out.accept(seen(at, violation));
		}
		long count = this.dropped.sum();
		if (count != this.recordedDrops) {
			this.recordedDrops = count;
			out.accept(new ViolationsDropped(at, count));
		}
	}

	static ViolationSeen seen(Instant at, Violation violation) {
		Frame place = (violation.site() != null) ? violation.site().frame()
				: (violation.offender() != null) ? violation.offender().frame() : null;
		return new ViolationSeen(at, violation.id(), violation.rule(), violation.api(), violation.origin().name(),
				violation.action().name(), violation.detectors(), (place != null) ? place.toString() : null,
				violation.threads(), violation.route(), violation.traceId(), violation.fix());
	}

}
