package com.example.shop.operation;

/**
 * One documented operation, in two forms.
 *
 * @param id identifier, part of the path of its routes
 * @param area heading under which the page shows it
 * @param rule identifier of the rule that finds it
 * @param api the documented call
 * @param blocking how it is written when it blocks the event loop
 * @param fixed how it is written when it does not
 */
public record Operation(String id, String area, String rule, String api, Form blocking, Form fixed) {

	/**
	 * A handler method.
	 *
	 * @param path path of its route
	 * @param className binary name of the class
	 * @param methodName name of the method
	 * @param source its source code
	 */
	public record Form(String path, String className, String methodName, String source) {
	}

}
