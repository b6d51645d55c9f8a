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
import io.github.loopguard.test.watch.TestTracker;

/**
 * Records when tests run that are not watched, so that their violations are never
 * attributed to a watched test that runs at the same time.
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
			return !isWatched(method.getJavaMethod()) && !isWatched(method.getJavaClass());
		}
		if (source.get() instanceof ClassSource type) {
			Class<?> javaClass = type.getJavaClass();
			return !isWatched(javaClass)
					&& Arrays.stream(javaClass.getDeclaredMethods()).noneMatch(OtherTests::isWatched);
		}
		return identifier.isTest();
	}

	private static boolean isWatched(Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getEnclosingClass()) {
			if (isWatched((AnnotatedElement) current)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isWatched(AnnotatedElement element) {
		return AnnotationSupport.isAnnotated(element, NonBlockingTest.class);
	}

}
