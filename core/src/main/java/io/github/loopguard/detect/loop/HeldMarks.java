package io.github.loopguard.detect.loop;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.history.Hooked;

/**
 * How long calls that hooks saw had held one event loop at certain moments.
 */
final class HeldMarks {

	private long latest;

	private long pace;

	private long woken;

	/**
	 * Notes a look at the loop.
	 * @param hooked what hooks have seen so far, or {@code null} if none has fired
	 * @param paced whether the loop began to do something else since the look before
	 * @param woken whether it woke, or went on to other work, since then
	 */
	void look(@Nullable Hooked hooked, boolean paced, boolean woken) {
		this.woken = woken ? this.latest : this.woken;
		this.pace = (paced || woken) ? this.latest : this.pace;
		this.latest = (hooked != null) ? hooked.heldSoFar() : 0;
	}

	/**
	 * Notes that a turn has ended.
	 * @param hooked what hooks have seen so far, or {@code null} if none has fired
	 */
	void restart(@Nullable Hooked hooked) {
		look(hooked, true, true);
		this.pace = this.latest;
		this.woken = this.latest;
	}

	/**
	 * Returns for how long calls had held the loop when it woke.
	 */
	long whenWoken() {
		return this.woken;
	}

	/**
	 * Returns for how long calls had held the loop when it began what it does.
	 */
	long whenPaced() {
		return this.pace;
	}

	/**
	 * Returns for how long calls had held the loop at the last look.
	 */
	long atLast() {
		return this.latest;
	}

}
