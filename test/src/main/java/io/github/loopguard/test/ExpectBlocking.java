package io.github.loopguard.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a {@link NonBlockingTest} fail unless it violates a rule. For tests that prove
 * that code still blocks, or that detection works.
 *
 * @since 0.1
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectBlocking.All.class)
public @interface ExpectBlocking {

	/**
	 * The rule that has to be violated.
	 * @return identifier of the rule, such as {@code file-read}
	 */
	String rule();

	/**
	 * Classes whose calls are expected.
	 * @return classes of sites or offenders; none means any
	 */
	Class<?>[] at() default {};

	/**
	 * Several expectations.
	 */
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@interface All {

		/**
		 * The expectations.
		 * @return the expectations
		 */
		ExpectBlocking[] value();

	}

}
