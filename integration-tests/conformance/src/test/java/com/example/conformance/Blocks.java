package com.example.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that makes one blocking call of the reference, and says what Loopguard
 * must report.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Blocks {

	/**
	 * The rule that the reference demands.
	 */
	String rule();

	/**
	 * The API that the report must name; several where releases of the JDK differ.
	 */
	String[] api();

	/**
	 * The method that is called where it is not named as the API.
	 */
	String call() default "";

	/**
	 * Rules that are reported besides, because the API does one thing after another.
	 */
	String[] besides() default {};

	/**
	 * A method of the same class that makes, off the event loop, what the operation
	 * needs; it is closed afterwards if it can be.
	 */
	String given() default "";

	/**
	 * What the call throws on an event loop, however it is reported.
	 */
	Class<? extends Throwable>[] throwing() default {};

	/**
	 * First feature release of the JDK that has the API.
	 */
	int from() default 17;

	/**
	 * How often the call is made.
	 */
	int times() default 3;

	/**
	 * Whether only the first call in a JVM blocks.
	 */
	boolean once() default false;

}
