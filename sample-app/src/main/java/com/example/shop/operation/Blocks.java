package com.example.shop.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a handler method what Loopguard shall find when it runs.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Blocks {

	/**
	 * The documented call.
	 */
	String api();

	/**
	 * Identifier of the rule.
	 */
	String rule();

}
