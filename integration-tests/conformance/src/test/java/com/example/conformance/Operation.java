package com.example.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One documented operation of the application.
 *
 * @param bean where its method is
 * @param method makes the call
 * @param expectation what must be reported
 */
record Operation(Object bean, Method method, Blocks expectation) {

	/**
	 * Returns the operations that this JDK has.
	 */
	static List<Operation> of(Object bean) {
		return all(bean).stream().filter(Operation::isPresent).toList();
	}

	static List<Operation> all(Object bean) {
		return Stream.of(bean.getClass().getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(Blocks.class))
			.map((method) -> new Operation(bean, method, method.getAnnotation(Blocks.class)))
			.sorted(Comparator.comparing(Operation::id))
			.toList();
	}

	String id() {
		return this.bean.getClass().getSimpleName().replace("Operations", "") + "." + this.method.getName();
	}

	boolean isPresent() {
		return Runtime.version().feature() >= this.expectation.from();
	}

	/**
	 * Returns how often the call is made.
	 */
	int times() {
		return this.expectation.once() ? 1 : this.expectation.times();
	}

	/**
	 * Makes what the call needs.
	 */
	@Nullable Object given() throws Throwable {
		String name = this.expectation.given();
		return name.isEmpty() ? null : invoke(this.bean.getClass().getDeclaredMethod(name), null);
	}

	/**
	 * Makes the call.
	 */
	void run(@Nullable Object given) throws Throwable {
		try {
			invoke(this.method, given);
		}
		catch (Throwable ex) {
			if (Arrays.stream(this.expectation.throwing()).noneMatch((type) -> type.isInstance(ex))) {
				throw ex;
			}
		}
	}

	private @Nullable Object invoke(Method method, @Nullable Object given) throws Throwable {
		try {
			return (method.getParameterCount() == 0) ? method.invoke(this.bean) : method.invoke(this.bean, given);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	@Override
	public String toString() {
		return id();
	}

}
