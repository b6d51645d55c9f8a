package com.example.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a shape puts on the stack around its parts.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface Frames {

	/**
	 * Returns the frames of its own classes, the innermost first, such as
	 * {@code Nested#go}. A {@code #} alone is the method that has this annotation.
	 * <ul>
	 * <li>{@code ~} before a frame: it only runs a task that it was handed
	 * <li>{@code !} before a frame, or alone for a frame of others: it delivers a signal
	 * or runs a task, so that what is outside did not ask for the call
	 * <li>{@code ^} before a frame: only the class of a lambda is there, and its method
	 * is known where it is the application's
	 * <li>{@code %} before a frame: the same where it refers to a native method, in whose
	 * place there is a lambda on JDK 17
	 * <li>{@code *} before a frame: it is there as often as the number of the shape says
	 * </ul>
	 */
	String[] value() default "#";

	/**
	 * Returns about how many frames it has, with those of others.
	 */
	int depth() default 8;

	/**
	 * Returns whether the application's policy allows calls inside it.
	 */
	boolean allowed() default false;

}
