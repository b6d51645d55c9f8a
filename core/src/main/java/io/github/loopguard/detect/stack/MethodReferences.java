package io.github.loopguard.detect.stack;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.detect.stack.StackReader.Seen;

/**
 * Where classes of the application refer to methods, such as
 * {@code accounts::findByName}. The class of such a lambda is all that is on the stack,
 * so what calls which method is noted when the class is defined.
 */
public final class MethodReferences {

	private static final int LIMIT = 16_384;

	/** Places by class and by the name of the method that is referred to. */
	private static final Map<String, Map<String, Frame>> PLACES = new ConcurrentHashMap<>();

	private static final LongAdder OTHERS = new LongAdder();

	private MethodReferences() {
	}

	/**
	 * Notes the method references of a class of the application, unless there are too
	 * many such classes.
	 * @param internalName internal name of the class
	 * @param classfile its class file
	 */
	public static void defined(String internalName, byte[] classfile) {
		String className = internalName.replace('/', '.');
		Map<String, Frame> places = ReferenceFinder.find(className, classfile);
		if (places.isEmpty()) {
			// A restarted application may have had some before.
			PLACES.remove(className);
		}
		else if (PLACES.size() < LIMIT || PLACES.containsKey(className)) {
			PLACES.put(className, places);
		}
		else {
			OTHERS.increment();
		}
	}

	/**
	 * Returns how often a class with references was defined beyond the limit. Where they
	 * are called, the site is the class alone.
	 * @return the number since the start
	 */
	public static long others() {
		return OTHERS.sum();
	}

	/**
	 * Names the site; by the method that contains the reference if only the class of a
	 * lambda is on the stack.
	 * @param site the frame, or {@code null} for none
	 * @param frames from the leaf to the site
	 */
	static @Nullable Frame frame(@Nullable Seen site, List<Seen> frames) {
		if (site == null) {
			return null;
		}
		Frame frame = Frame.of(site.element());
		if (frame.methodName() != null || frames.size() < 2) {
			return frame;
		}
		Seen called = frames.get(Callers.called(frames, frames.size() - 1));
		Frame found = find(frame.className(), called.element().getMethodName());
		return (found != null) ? found : frame;
	}

	/**
	 * Returns the only place where a class refers to a method.
	 * @param className binary name of the class
	 * @param called name of the method
	 * @return the place, or {@code null} if none is known
	 */
	static @Nullable Frame find(String className, String called) {
		return PLACES.getOrDefault(className, Map.of()).get(called);
	}

}
