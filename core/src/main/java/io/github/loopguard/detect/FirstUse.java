package io.github.loopguard.detect;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.detect.stack.OwnClasses;
import io.github.loopguard.ledger.Ledger;

/**
 * The classes that one event loop loads because code runs for the first time, which
 * happens once. Such a class comes from the loader of that code, or from a parent of it;
 * who loads a class himself may do so again and again. Confined to the event loop.
 */
final class FirstUse {

	private static final StackWalker STACK = StackWalker
		.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_HIDDEN_FRAMES));

	private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(100);

	private @Nullable String place;

	private long last;

	/**
	 * Counts the loading of a class if it is the first use of it.
	 * @param className internal name of the class
	 * @param loader the loader that defines it
	 * @param ledger counts it
	 * @return whether it was counted
	 */
	boolean add(String className, ClassLoader loader, Ledger ledger) {
		StackFrame user = STACK.walk((frames) -> user(frames.iterator()));
		if (user == null || !isOwnOrParent(loader, user.getDeclaringClass().getClassLoader())) {
			return false;
		}
		Frame frame = Frame.of(user.toStackTraceElement());
		String method = frame.methodName();
		String place = (method != null) ? frame.className().concat("#").concat(method) : frame.className();
		long now = System.nanoTime();
		ledger.startedCold(place, className.replace('/', '.'), !place.equals(this.place) || now - this.last > MOMENT);
		this.place = place;
		this.last = now;
		return true;
	}

	/**
	 * Returns the code that needs the class; on a thread that runs code of the JDK only,
	 * the outermost.
	 */
	private static @Nullable StackFrame user(Iterator<StackFrame> frames) {
		StackFrame outermost = null;
		while (frames.hasNext()) {
			outermost = frames.next();
			Class<?> type = outermost.getDeclaringClass();
			if (!isLoading(type) && !OwnClasses.isDetector(type.getName())) {
				break;
			}
		}
		return outermost;
	}

	private static boolean isLoading(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader == ClassLoader.getPlatformClassLoader()
				|| ClassLoader.class.isAssignableFrom(type)
				|| type.getName().startsWith("org.springframework.boot.loader.");
	}

	private static boolean isOwnOrParent(ClassLoader loader, @Nullable ClassLoader own) {
		for (ClassLoader known = own; known != null; known = known.getParent()) {
			if (known == loader) {
				return true;
			}
		}
		return false;
	}

}
