package io.github.loopguard.detect.flight;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.policy.Finding;

/**
 * Makes findings of events.
 */
final class CallFinder {

	private static final String PINNED = "thread-pinned";

	/** Frames whose source files are looked up. */
	private static final int NEAR = 64;

	/** Created when it is needed, because it loads classes of Byte Buddy. */
	private @Nullable SourceFiles sourceFiles;

	/**
	 * Attributes the call that an event shows.
	 * @param loader finds the classes on its stack
	 */
	Finding find(OutsideCalls calls, FlightEvent event, ClassLoader loader) {
		List<StackTraceElement> stack = withFiles(event.stack(), calls, loader);
		return switch (event.kind()) {
			case MONITOR_ENTER ->
				attribute(calls, event, loader, stack, event.kind().call()).named(event.kind().call().rule(),
						"synchronized (" + String.valueOf(event.resource()).replace('$', '.') + ")", waited(event));
			case PINNED -> {
				Finding finding = attribute(calls, event, loader, stack, event.kind().call());
				yield finding.named(PINNED, finding.api(), "the virtual thread was pinned to its carrier"
						+ ((event.detail() != null) ? ": " + event.detail() : ""));
			}
			case METHOD -> traced(calls, event, loader, stack);
			default -> attribute(calls, event, loader, stack, event.kind().call());
		};
	}

	/**
	 * Attributes the call of a method that was traced: one that the catalog knows, or one
	 * that the user has named, which counts as what was called.
	 */
	private static Finding traced(OutsideCalls calls, FlightEvent event, ClassLoader loader,
			List<StackTraceElement> stack) {
		StackTraceElement method = event.innermost();
		Hook known = calls.hook(method.getClassName(), method.getMethodName());
		if (known != null) {
			return attribute(calls, event, loader, stack, known);
		}
		Hook named = Hook.added(Catalog.MARKED_BLOCKING, method.getClassName(), method.getMethodName());
		return attribute(calls, event, loader, (stack.size() > 1) ? stack.subList(1, stack.size()) : stack, named);
	}

	private static Finding attribute(OutsideCalls calls, FlightEvent event, ClassLoader loader,
			List<StackTraceElement> stack, Hook call) {
		return calls.attribute(FlightRecorder.NAME, event.threadName(), loader, stack, call);
	}

	private static String waited(FlightEvent event) {
		return "the event loop waited for " + event.resource()
				+ ((event.detail() != null) ? ", held by thread " + event.detail() : "");
	}

	private SourceFiles sourceFiles() {
		SourceFiles files = this.sourceFiles;
		if (files == null) {
			files = new SourceFiles();
			this.sourceFiles = files;
		}
		return files;
	}

	private List<StackTraceElement> withFiles(List<StackTraceElement> stack, OutsideCalls calls, ClassLoader loader) {
		List<StackTraceElement> named = new ArrayList<>(stack);
		boolean application = false;
		for (int i = 0; i < Math.min(NEAR, stack.size()) && !application; i++) {
			StackTraceElement frame = stack.get(i);
			if (frame.getClassLoaderName() != null) {
				String file = sourceFiles().of(frame.getClassName(), loader);
				named.set(i, withFile(frame, file));
				application = calls.isApplication(frame.getClassName());
			}
		}
		return named;
	}

	private static StackTraceElement withFile(StackTraceElement frame, @Nullable String file) {
		return new StackTraceElement(frame.getClassLoaderName(), frame.getModuleName(), null, frame.getClassName(),
				frame.getMethodName(), file, frame.getLineNumber());
	}

}
