package io.github.loopguard.baseline;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
 * One known violation.
 *
 * @param key which violation it is
 * @param status what was decided about it
 * @param reason why it is tolerated
 * @param owner who answers for it, or {@code null} if nobody was named
 * @param until last day on which it is tolerated, or {@code null} if it does not expire
 * @param link where the fix is awaited, or {@code null} if it is not awaited from others
 * @param budget how much of it is tolerated
 * @param via tests and routes in which it happened, in order
 * @since 0.1
 */
public record BaselineEntry(ViolationKey key, Status status, String reason, @Nullable String owner,
		@Nullable LocalDate until, @Nullable String link, Budget budget, List<String> via) {

	/**
	 * Reason of an entry that nobody has looked at yet.
	 */
	public static final String RECORDED = "recorded, not reviewed";

	public BaselineEntry {
		via = List.copyOf(new TreeSet<>(via));
	}

	/**
	 * Creates the entry of a violation that nobody has looked at yet.
	 * @param key which violation it is
	 * @param via tests or routes in which it happened
	 * @return the entry
	 */
	public static BaselineEntry recorded(ViolationKey key, Collection<String> via) {
		return new BaselineEntry(key, Status.ACCEPTED, RECORDED, null, null, null, Budget.UNLIMITED, List.copyOf(via));
	}

	/**
	 * Returns the same with other tests and routes.
	 * @param via tests or routes in which it happened
	 * @return a copy
	 */
	public BaselineEntry via(Collection<String> via) {
		return new BaselineEntry(this.key, this.status, this.reason, this.owner, this.until, this.link, this.budget,
				List.copyOf(via));
	}

	/**
	 * Tells whether its last day has passed.
	 * @param today the day it is
	 * @return whether it no longer counts
	 */
	public boolean isExpired(LocalDate today) {
		return this.until != null && today.isAfter(this.until);
	}

	/**
	 * Returns the moment from which it no longer counts.
	 * @return milliseconds since the epoch
	 */
	public long expiresAt() {
		return (this.until != null)
				? this.until.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant().toEpochMilli()
				: Long.MAX_VALUE;
	}

	/**
	 * Says since when it has expired and who was to have done something.
	 * @param today the day it is
	 * @return the words, or an empty string if it has not expired
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
	 * Says why it is tolerated.
	 * @return the words, such as {@code waiting-upstream: fixed in 2.3}
	 */
	public String explanation() {
		return this.status + ": " + this.reason;
	}

	/**
	 * Lists it among the exceptions.
	 * @param id identifier of the violation
	 * @param count how often it has happened
	 * @return the entry as an allowance
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
	 * What was decided about a violation.
	 */
	public enum Status {

		/**
		 * It is to be fixed, or to stay.
		 */
		ACCEPTED,

		/**
		 * It does no harm, or is none.
		 */
		FALSE_POSITIVE,

		/**
		 * Somebody else has to fix it.
		 */
		WAITING_UPSTREAM;

		/**
		 * Finds a status by its name in files.
		 * @param name such as {@code false-positive}
		 * @return the status, or empty if there is none
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
	 * How much of a violation is tolerated.
	 *
	 * @param occurrences most occurrences in one test, or {@code null} for any number
	 * @param heldMillis longest time an occurrence may hold its loop, in milliseconds, or
	 * {@code null} for any time
	 */
	public record Budget(@Nullable Integer occurrences, @Nullable Integer heldMillis) {

		/**
		 * Any number of occurrences of any length.
		 */
		public static final Budget UNLIMITED = new Budget(null, null);

	}

}
