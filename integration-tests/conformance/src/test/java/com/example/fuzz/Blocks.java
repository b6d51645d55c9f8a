package com.example.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A shape that blocks.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Blocks {

	/**
	 * Returns rule and API of each call that it makes, such as
	 * {@code sleep java.lang.Thread.sleep}.
	 */
	String[] value();

	/**
	 * Returns whether nobody knows how often it blocks.
	 */
	boolean uncertain() default false;

}
