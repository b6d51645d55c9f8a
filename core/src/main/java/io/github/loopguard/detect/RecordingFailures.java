package io.github.loopguard.detect;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Hook;

/**
 * What was thrown while occurrences were recorded. Keeping it allocates nothing, because
 * a full heap may be the reason.
 */
final class RecordingFailures {

	private final IntFunction<Hook> hooks;

	private final AtomicLong count = new AtomicLong();

	private final AtomicLong healed = new AtomicLong();

	private volatile @Nullable Throwable last;

	/**
	 * Creates failures.
	 * @param hooks returns a hook by its number
	 */
	RecordingFailures(IntFunction<Hook> hooks) {
		this.hooks = hooks;
	}

	/**
	 * Keeps what was thrown. The event loop was marked as suspect before, in its fields,
	 * because there may be no stack left to call this.
	 */
	void add(LoopThread thread, Throwable thrown) {
		thread.leaveOwnCode();
		this.last = thrown;
		this.count.incrementAndGet();
	}

	/**
	 * Gives up what is open on an event loop if its return was missed, where that may be.
	 * The call that begins is recorded also if that fails.
	 */
	void check(LoopThread thread, long now) {
		try {
			if (thread.isToBeChecked(now) && thread.heal(this.hooks, now)) {
				this.healed.incrementAndGet();
			}
		}
		catch (Throwable ex) {
			thread.busy = false;
			thread.suspect = true;
			add(thread, ex);
		}
	}

	/**
	 * Forgets what was thrown, because an occurrence was recorded without.
	 */
	void recovered() {
		if (this.last != null) {
			this.last = null;
		}
	}

	long count() {
		return this.count.get();
	}

	/**
	 * Returns how often a call was given up whose return was missed.
	 */
	long healed() {
		return this.healed.get();
	}

	/**
	 * Returns what is wrong.
	 * @param other what else is wrong, or {@code null}
	 * @return a sentence, or {@code null} if nothing is wrong any more
	 */
	@Nullable String problem(@Nullable String other) {
		Throwable last = this.last;
		return (last == null) ? other
				: this.count + " occurrences could not be recorded as they should, the last one because of " + last;
	}

}
