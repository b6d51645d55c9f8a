package com.example.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A shape that takes a number: how deep, how often or how long.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Numbered {

	int from() default 1;

	int to();

	/**
	 * Returns whether it runs its parts as often as the number says.
	 */
	boolean repeats() default false;

}
