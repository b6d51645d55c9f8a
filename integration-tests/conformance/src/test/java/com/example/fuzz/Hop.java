package com.example.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A shape whose part runs later, on another stack.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Hop {

	/**
	 * Returns whether that is on an event loop.
	 */
	boolean loop() default true;

}
