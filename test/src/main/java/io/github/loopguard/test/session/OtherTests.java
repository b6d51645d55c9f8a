package io.github.loopguard.test.session;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Optional;

import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

import io.github.loopguard.test.NonBlockingTest;
import io.github.loopguard.test.tracking.TestTracker;

/**
 * Records when tests run that are not tracked, so that their violations are never
 * attributed to a tracked test that runs at the same time.
 */
final class OtherTests implements TestExecutionListener {

	@Override
	public void executionStarted(TestIdentifier identifier) {
		if (isOther(identifier)) {
			TestTracker.instance().beginOther();
		}
	}

	@Override
	public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
		if (isOther(identifier)) {
			TestTracker.instance().endOther();
		}
	}

	private static boolean isOther(TestIdentifier identifier) {
		Optional<TestSource> source = identifier.getSource();
		if (source.isEmpty()) {
			return identifier.isTest();
		}
		if (source.get() instanceof MethodSource method) {
			return !isTracked(method.getJavaMethod()) && !isTracked(method.getJavaClass());
		}
		if (source.get() instanceof ClassSource type) {
			Class<?> javaClass = type.getJavaClass();
			return !isTracked(javaClass)
					&& Arrays.stream(javaClass.getDeclaredMethods()).noneMatch(OtherTests::isTracked);
		}
		return identifier.isTest();
	}

	private static boolean isTracked(Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getEnclosingClass()) {
			if (isTracked((AnnotatedElement) current)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isTracked(AnnotatedElement element) {
		return AnnotationSupport.isAnnotated(element, NonBlockingTest.class);
	}

}
