package io.github.loopguard.allowance;

import java.time.LocalDate;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * A deliberate exception: calls that a method makes are counted, but are no violations.
 *
 * @param id stable identifier
 * @param library artifact that has the method, or {@code null} if unknown
 * @param className binary name of the class
 * @param methodName name of the method; all overloads count
 * @param category why the calls do no harm
 * @param reason why they are allowed
 * @param source who allows them, such as {@link #SHIPPED} or {@link #USER}
 * @param owner who answers for the exception, or {@code null} if nobody was named
 * @param until last day on which it counts, or {@code null} if it does not expire
 * @param evidence where it was seen, or {@code null} if that was not noted
 * @since 0.1
 */
public record Allowance(String id, @Nullable String library, String className, String methodName, Category category,
		String reason, String source, @Nullable String owner, @Nullable LocalDate until, @Nullable String evidence) {

	/**
	 * Source of what Loopguard ships.
	 */
	public static final String SHIPPED = "loopguard";

	/**
	 * Source of what the application configured.
	 */
	public static final String USER = "user";

	/**
	 * Source of what the baseline tolerates.
	 */
	public static final String BASELINE = "baseline";

	/**
	 * Returns the allowed method.
	 * @return class and method, such as {@code com.acme.Cache#refresh}
	 */
	public String method() {
		return this.className + "#" + this.methodName;
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
	 * Tells whether it no longer counts.
	 * @return whether it has expired
	 */
	public boolean isExpired() {
		return System.currentTimeMillis() >= expiresAt();
	}

	/**
	 * Why allowed calls do no harm.
	 */
	public enum Category {

		/**
		 * Bounded and short, without input or output: a lock held for moments.
		 */
		SAFE,

		/**
		 * Blocks once; the result is kept.
		 */
		ONCE,

		/**
		 * Really blocks, and cannot be avoided or was accepted.
		 */
		TOLERATED

	}

}
