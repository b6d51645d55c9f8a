package com.example.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that makes exactly one call of a client that waits.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Waits {

	/**
	 * The rule under which the call is reported.
	 */
	String rule();

	/**
	 * The API that is reported.
	 */
	String api();

	/**
	 * What the line that is reported reads, among others.
	 */
	String line();

	/**
	 * What the advice mentions.
	 */
	String fix();

}
