package io.github.loopguard.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Allows violations of one rule in a {@link NonBlockingTest}, or in all tests of a class,
 * until a day. After that day the test fails again.
 *
 * @since 0.1
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(AllowBlocking.All.class)
public @interface AllowBlocking {

	/**
	 * The rule that may be violated.
	 * @return identifier of the rule, such as {@code file-read}
	 */
	String rule();

	/**
	 * Classes whose calls are allowed.
	 * @return classes of sites or offenders; none means any
	 */
	Class<?>[] at() default {};

	/**
	 * Why the code has to block.
	 * @return the reason
	 */
	String reason();

	/**
	 * Who is responsible for the allowance.
	 * @return a team or a person
	 */
	String owner();

	/**
	 * Last day of the allowance.
	 * @return a date, such as {@code 2026-12-31}
	 */
	String until();

	/**
	 * Several allowances.
	 */
	@Target({ ElementType.TYPE, ElementType.METHOD })
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@Inherited
	@interface All {

		/**
		 * The allowances.
		 * @return the allowances
		 */
		AllowBlocking[] value();

	}

}
