package io.github.loopguard.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a {@link NonBlockingTest}, or all of a class, block in one way until a day. From
 * the next day on the test fails again.
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
	 * @return the classes that a report names; none means any
	 */
	Class<?>[] at() default {};

	/**
	 * Why it has to be.
	 * @return the reason
	 */
	String reason();

	/**
	 * Who answers for it.
	 * @return a team or a person
	 */
	String owner();

	/**
	 * The last day on which it is allowed.
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
