package io.github.loopguard.allowance;

import java.time.LocalDate;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * A deliberate exception: blocking calls inside a method are counted, but not reported as
 * violations.
 *
 * @param id stable identifier
 * @param library name of the artifact that has the method, or {@code null} if unknown
 * @param className binary name of the class
 * @param methodName name of the method; covers all overloads. {@code *} stands for all
 * methods of the class and of its nested ones; {@code " -> "} and a call limit it to that
 * call, such as {@code refresh -> java.io.File.exists}
 * @param category why the calls are acceptable
 * @param reason why the calls are allowed
 * @param source what set the allowance, such as {@link #SHIPPED} or {@link #USER}
 * @param owner who is responsible for the exception, or {@code null} if unknown
 * @param until last day on which it is in force, or {@code null} if it does not expire
 * @param evidence where the calls were observed, or {@code null} if not recorded
 * @since 0.1
 */
public record Allowance(String id, @Nullable String library, String className, String methodName, Category category,
		String reason, String source, @Nullable String owner, @Nullable LocalDate until, @Nullable String evidence) {

	private static final String CALLS = " -> ";

	/**
	 * Source of allowances that Loopguard ships.
	 */
	public static final String SHIPPED = "loopguard";

	/**
	 * Source of allowances that the application adds.
	 */
	public static final String USER = "user";

	/**
	 * Source of entries of the baseline.
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
	 * Returns whether all methods of the class and of its nested ones are meant.
	 */
	boolean isOfClass() {
		return methodAlone().equals("*");
	}

	/**
	 * Returns the name of the method without the call inside it.
	 */
	String methodAlone() {
		int arrow = this.methodName.indexOf(CALLS);
		return (arrow < 0) ? this.methodName : this.methodName.substring(0, arrow);
	}

	/**
	 * Returns the only call that is allowed inside the method.
	 * @return class and method, or {@code null} if all are allowed
	 */
	public @Nullable String call() {
		int arrow = this.methodName.indexOf(CALLS);
		return (arrow < 0) ? null : this.methodName.substring(arrow + CALLS.length());
	}

	/**
	 * Returns the time at which this allowance expires.
	 * @return milliseconds since the epoch, {@link Long#MAX_VALUE} if it does not expire
	 */
	public long expiresAt() {
		return endOf(this.until);
	}

	/**
	 * Returns the end of a day in the time zone of this JVM.
	 * @param lastDay the day, or {@code null} for no end
	 * @return milliseconds since the epoch, {@link Long#MAX_VALUE} for no end
	 */
	public static long endOf(@Nullable LocalDate lastDay) {
		return (lastDay != null) ? lastDay.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant().toEpochMilli()
				: Long.MAX_VALUE;
	}

	/**
	 * Returns whether this allowance has expired.
	 * @return whether its last day has passed
	 */
	public boolean isExpired() {
		return System.currentTimeMillis() >= expiresAt();
	}

	/**
	 * Why allowed calls are acceptable.
	 */
	public enum Category {

		/**
		 * The calls are short and bounded, without input or output, such as a brief lock.
		 */
		SAFE,

		/**
		 * The calls block once; their result is kept.
		 */
		ONCE,

		/**
		 * The calls do block, but cannot be avoided or were accepted.
		 */
		TOLERATED

	}

}
