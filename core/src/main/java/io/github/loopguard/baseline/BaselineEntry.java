package io.github.loopguard.baseline;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowance.Category;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.allowance.AllowanceStatus.State;

/**
 * Entry of a baseline: a known violation and the decision about it.
 *
 * @param key identity of the violation
 * @param status decision about it
 * @param reason reason why it is tolerated
 * @param owner who is responsible for it, or {@code null} if unknown
 * @param until last day on which it is tolerated, or {@code null} if it does not expire
 * @param link where the fix is tracked, or {@code null} if it is not tracked elsewhere
 * @param budget how much of it is tolerated
 * @param via tests and routes in which it occurred, sorted
 * @since 0.1
 */
public record BaselineEntry(ViolationKey key, Status status, String reason, @Nullable String owner,
		@Nullable LocalDate until, @Nullable String link, Budget budget, List<String> via) {

	/**
	 * Reason of an entry that has not been reviewed.
	 */
	public static final String RECORDED = "recorded, not reviewed";

	public BaselineEntry {
		via = List.copyOf(new TreeSet<>(via));
	}

	/**
	 * Creates the entry of a violation that has not been reviewed.
	 * @param key identity of the violation
	 * @param via tests or routes in which it occurred
	 * @return the entry
	 */
	public static BaselineEntry recorded(ViolationKey key, Collection<String> via) {
		return new BaselineEntry(key, Status.ACCEPTED, RECORDED, null, null, null, Budget.UNLIMITED, List.copyOf(via));
	}

	/**
	 * Returns this entry with other tests and routes.
	 * @param via tests or routes in which the violation occurred
	 * @return a copy with these
	 */
	public BaselineEntry via(Collection<String> via) {
		return new BaselineEntry(this.key, this.status, this.reason, this.owner, this.until, this.link, this.budget,
				List.copyOf(via));
	}

	/**
	 * Returns this entry for another identity of its violation.
	 * @param key the identity
	 * @return a copy with this key
	 */
	public BaselineEntry withKey(ViolationKey key) {
		return new BaselineEntry(key, this.status, this.reason, this.owner, this.until, this.link, this.budget,
				this.via);
	}

	/**
	 * Returns this entry for all that another one of the same violation is for, too.
	 * @param other another decision about the violation
	 * @return a copy with the tests of both, the earlier last day and the smaller budget;
	 * what is not said here is taken from the other
	 */
	public BaselineEntry merge(BaselineEntry other) {
		return new BaselineEntry(this.key, this.status, this.reason, (this.owner != null) ? this.owner : other.owner,
				least(this.until, other.until), (this.link != null) ? this.link : other.link,
				new Budget(least(this.budget.occurrences(), other.budget.occurrences()),
						least(this.budget.heldMillis(), other.budget.heldMillis())),
				Stream.concat(this.via.stream(), other.via.stream()).toList());
	}

	private static <T extends Comparable<? super T>> @Nullable T least(@Nullable T one, @Nullable T other) {
		return Stream.of(one, other).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
	}

	/**
	 * Returns whether this entry has expired.
	 * @param today the current day
	 * @return whether its last day has passed
	 */
	public boolean isExpired(LocalDate today) {
		return this.until != null && today.isAfter(this.until);
	}

	/**
	 * Returns the time at which this entry expires.
	 * @return milliseconds since the epoch, {@link Long#MAX_VALUE} if it does not expire
	 */
	public long expiresAt() {
		return Allowance.endOf(this.until);
	}

	/**
	 * Describes for how long this entry has been expired, and its owner.
	 * @param today the current day
	 * @return part of a sentence, or an empty string if the entry has not expired
	 */
	public String expiry(LocalDate today) {
		if (this.until == null || !isExpired(today)) {
			return "";
		}
		long days = ChronoUnit.DAYS.between(this.until, today);
		return "its baseline entry expired " + days + ((days == 1) ? " day" : " days") + " ago, "
				+ ((this.owner != null) ? "owner " + this.owner : "without an owner");
	}

	/**
	 * Returns the decision with its reason.
	 * @return status and reason, such as {@code waiting-upstream: fixed in 2.3}
	 */
	public String explanation() {
		return this.status + ": " + this.reason;
	}

	/**
	 * Returns this entry as an allowance, for listing it with other exceptions.
	 * @param id identifier of the violation
	 * @param count number of occurrences
	 * @return the status of that allowance
	 */
	public AllowanceStatus status(String id, long count) {
		int hash = this.key.at().indexOf('#');
		String className = (hash >= 0) ? this.key.at().substring(0, hash) : this.key.at();
		String methodName = (hash >= 0) ? this.key.at().substring(hash + 1) : "*";
		boolean expired = System.currentTimeMillis() >= expiresAt();
		return new AllowanceStatus(
				new Allowance(id, null, className, methodName, Category.TOLERATED, explanation(), Allowance.BASELINE,
						this.owner, this.until, this.link),
				expired ? State.EXPIRED : State.LIVE, expired ? "Its last day was " + this.until : null, count);
	}

	/**
	 * Decision about a violation.
	 */
	public enum Status {

		/**
		 * The violation is known, to be fixed or to stay.
		 */
		ACCEPTED,

		/**
		 * The violation is harmless or no violation.
		 */
		FALSE_POSITIVE,

		/**
		 * The fix has to come from another project.
		 */
		WAITING_UPSTREAM;

		/**
		 * Returns the status with a name in files.
		 * @param name the name, such as {@code false-positive}
		 * @return the status, or empty if no status has that name
		 */
		public static Optional<Status> find(String name) {
			return Stream.of(values()).filter((status) -> status.toString().equals(name)).findFirst();
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	/**
	 * Limits up to which a violation is tolerated.
	 *
	 * @param occurrences maximum number of occurrences in one test, or {@code null} for
	 * any number
	 * @param heldMillis maximum time for which an occurrence may hold its loop, in
	 * milliseconds, or {@code null} for any time
	 */
	public record Budget(@Nullable Integer occurrences, @Nullable Integer heldMillis) {

		/**
		 * No limits.
		 */
		public static final Budget UNLIMITED = new Budget(null, null);

	}

}
