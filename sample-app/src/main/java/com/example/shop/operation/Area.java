package com.example.shop.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Marks a controller whose handler methods come in pairs: one that blocks, and the same
 * operation fixed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RestController
@RequestMapping("/operations")
@interface Area {

	/**
	 * Heading under which the page shows the operations.
	 */
	String name();

}
