package com.example.shop.operation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.example.shop.operation.Operation.Form;

import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * All operations, found by the annotations of their handler methods.
 */
@Component
public class Operations {

	private static final String BLOCKING = "/blocking";

	private static final String FIXED = "/fixed";

	private final List<Operation> all = new ArrayList<>();

	Operations(ApplicationContext context) {
		context.getBeansWithAnnotation(Area.class).values().forEach((controller) -> add(controller.getClass()));
	}

	/**
	 * Returns the operations, those of one class in the order in which they stand there.
	 */
	public List<Operation> all() {
		return List.copyOf(this.all);
	}

	/**
	 * Returns the operations that a rule finds.
	 */
	public List<Operation> ofRule(String rule) {
		return this.all.stream().filter((operation) -> operation.rule().equals(rule)).toList();
	}

	private void add(Class<?> controller) {
		SourceCode source = SourceCode.of(controller);
		Map<String, Method> methods = Stream.of(controller.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(PostMapping.class))
			.collect(Collectors.toMap(Operations::path, (method) -> method));
		methods.values()
			.stream()
			.filter((method) -> method.isAnnotationPresent(Blocks.class))
			.sorted(Comparator.comparingInt((method) -> source.position(method.getName())))
			.forEach((method) -> add(controller, source, method, methods));
	}

	private void add(Class<?> controller, SourceCode source, Method blocking, Map<String, Method> methods) {
		String id = path(blocking).substring(1).replace(BLOCKING, "");
		Method fixed = methods.get("/" + id + FIXED);
		if (fixed == null) {
			throw new IllegalStateException("Operation '" + id + "' has no fixed form");
		}
		Blocks blocks = blocking.getAnnotation(Blocks.class);
		this.all.add(new Operation(id, controller.getAnnotation(Area.class).name(), blocks.rule(), blocks.api(),
				form(source, blocking), form(source, fixed)));
	}

	private static Form form(SourceCode source, Method method) {
		return new Form("/operations" + path(method), method.getDeclaringClass().getName(), method.getName(),
				source.ofMethod(method.getName()));
	}

	private static String path(Method method) {
		return method.getAnnotation(PostMapping.class).value()[0];
	}

}
