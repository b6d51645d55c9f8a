package io.github.loopguard.violation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks after entries that left the ledger until no event loop can be counting into them
 * any more, so that the sums add up although nobody on a loop ever waits.
 */
final class Departures {

	private static final int LOOKS = 5;

	private final List<Departure> departures = new ArrayList<>();

	/**
	 * Accounts for an entry that has left.
	 * @param entry the entry, already retired
	 * @param account takes over what the entry has counted, and what it still counts
	 */
	synchronized void add(ViolationEntry entry, Consumer<Counts> account) {
		Departure departure = new Departure(entry, account);
		departure.settle();
		this.departures.add(departure);
	}

	/**
	 * Accounts for what was counted late.
	 */
	synchronized void settle() {
		this.departures.removeIf((departure) -> {
			departure.settle();
			return ++departure.looks > LOOKS;
		});
	}

	private static final class Departure {

		private final ViolationEntry entry;

		private final Consumer<Counts> account;

		private Counts settled = Counts.NONE;

		private int looks;

		private Departure(ViolationEntry entry, Consumer<Counts> account) {
			this.entry = entry;
			this.account = account;
		}

		private void settle() {
			Counts now = this.entry.counts();
			if (!now.equals(this.settled)) {
				this.account.accept(now.minus(this.settled));
				this.settled = now;
			}
		}

	}

}
