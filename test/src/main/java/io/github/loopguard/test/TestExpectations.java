package io.github.loopguard.test;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Allowed and expected violations of a test, from its annotations.
 *
 * @param allowances allowances of the test and of its classes
 * @param expected expected violations
 */
record TestExpectations(List<TestAllowance> allowances, List<Blocked> expected) {

	static TestExpectations of(ExtensionContext context) {
		List<TestAllowance> allowances = new ArrayList<>();
		Method method = context.getRequiredTestMethod();
		add(method, context.getDisplayName(), allowances);
		allowances.addAll(of(context.getRequiredTestClass()));
		List<Blocked> expected = AnnotationSupport.findRepeatableAnnotations(method, ExpectBlocking.class)
			.stream()
			.map((it) -> Blocked.of("@ExpectBlocking of " + context.getDisplayName(), it.rule(), it.at()))
			.toList();
		return new TestExpectations(List.copyOf(allowances), expected);
	}

	/**
	 * Returns the allowances of all tests of a class.
	 */
	static List<TestAllowance> of(Class<?> type) {
		List<TestAllowance> allowances = new ArrayList<>();
		for (Class<?> current = type; current != null; current = current.getEnclosingClass()) {
			add(current, current.getName(), allowances);
		}
		return allowances;
	}

	private static void add(AnnotatedElement element, String where, List<TestAllowance> allowances) {
		AnnotationSupport.findRepeatableAnnotations(element, AllowBlocking.class)
			.forEach((annotation) -> allowances.add(TestAllowance.of(annotation, where)));
	}

}
