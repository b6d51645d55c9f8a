package io.github.loopguard.autoconfigure;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.Violation;

/**
 * Publishes each violation as an event, and names the event listener that fails: a
 * publisher learns from the exception alone which one it was.
 */
final class ViolationPublisher implements BlockingViolationListener {

	private static final Log logger = LogFactory.getLog(BlockingViolationListener.class);

	private static final List<String> NO_LISTENERS = List.of("org.springframework.", "java.", "jdk.", "sun.");

	private static final int MOST_CAUSES = 10;

	private final ApplicationContext context;

	ViolationPublisher(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onViolation(Violation violation) {
		try {
			this.context.publishEvent(new BlockingViolationEvent(this.context, violation));
		}
		catch (RuntimeException | Error ex) {
			String listener = listener(ex);
			logger.warn("Listener " + ((listener != null) ? listener : "of BlockingViolationEvent")
					+ " failed for violation " + violation.id() + "; the violation is kept", ex);
		}
	}

	/**
	 * Returns the method that Spring called: the outermost one that is not Spring's.
	 */
	private static @Nullable String listener(Throwable thrown) {
		Throwable cause = thrown;
		for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
			String listener = null;
			for (StackTraceElement frame : cause.getStackTrace()) {
				if (listener != null && frame.getClassName().equals(ViolationPublisher.class.getName())) {
					return listener;
				}
				if (isListener(frame.getClassName())) {
					listener = frame.getClassName() + "." + frame.getMethodName();
				}
			}
			cause = cause.getCause();
		}
		return null;
	}

	private static boolean isListener(String className) {
		return !className.contains("$$") && NO_LISTENERS.stream().noneMatch(className::startsWith);
	}

}
