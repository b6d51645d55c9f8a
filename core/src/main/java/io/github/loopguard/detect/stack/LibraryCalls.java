package io.github.loopguard.detect.stack;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.ClassProfile.Kind;
import io.github.loopguard.detect.stack.StackReader.Seen;

/**
 * Names calls of libraries as their users know them.
 */
final class LibraryCalls {

	private LibraryCalls() {
	}

	/**
	 * Names the call of a library in which a hook was the outermost one: by the method
	 * through which the library was entered, because a hook may sit on a place of its
	 * inside that many calls pass.
	 * @param hook a hook of a library
	 * @param frames from the leaf outwards
	 */
	static String name(Hook hook, List<Seen> frames) {
		int hooked = hooked(hook, frames);
		if (hooked == frames.size()) {
			return hook.api();
		}
		Class<?> type = frames.get(hooked).type();
		int outside = outside(hooked, frames);
		Seen entered = frames.get(outside - 1);
		String methodName = entered.element().getMethodName();
		if (outside == frames.size() || methodName.indexOf('$') >= 0) {
			return PublicApi.name(type, hook.methodName());
		}
		return PublicApi.name(entered.type().isAssignableFrom(type) ? type : entered.type(), methodName);
	}

	/**
	 * Returns the index of the first frame outside the library of a hook.
	 * @param hook a hook of a library
	 * @param frames from the leaf outwards
	 */
	static int outside(Hook hook, List<Seen> frames) {
		int hooked = hooked(hook, frames);
		return (hooked < frames.size()) ? outside(hooked, frames) : hooked;
	}

	private static int hooked(Hook hook, List<Seen> frames) {
		int hooked = 0;
		while (hooked < frames.size() && !isMethod(frames.get(hooked), hook)) {
			hooked++;
		}
		return hooked;
	}

	private static int outside(int hooked, List<Seen> frames) {
		int outside = hooked + 1;
		while (outside < frames.size() && belongsTo(frames.get(hooked).type(), frames.get(outside))) {
			outside++;
		}
		return outside;
	}

	/**
	 * Returns the class of a library through which the application called it: the
	 * outermost one for which the catalog has a counterpart.
	 * @param frames from the leaf to the site
	 */
	static @Nullable String called(Catalog catalog, List<Seen> frames) {
		for (int i = frames.size() - 2; i >= 0; i--) {
			String className = frames.get(i).element().getClassName();
			if (catalog.hasCounterpart(className)) {
				return className;
			}
		}
		return null;
	}

	/**
	 * Finds the outermost call of a well-known interface that a library implements, for
	 * libraries without hooks of their own.
	 * @param rule the rule as far as it is known
	 * @param frames from the first one outside the JDK outwards
	 */
	static @Nullable InterfaceCall throughInterface(Catalog catalog, String rule, List<Seen> frames) {
		if (!catalog.coversAnyWait(rule)) {
			return null;
		}
		for (int i = frames.size() - 1; i >= 0; i--) {
			Seen frame = frames.get(i);
			if (frame.kind() == Kind.LIBRARY || frame.kind() == Kind.FRAMEWORK) {
				InterfaceCall call = find(catalog, frame.type(), frame.element().getMethodName());
				if (call != null) {
					return call;
				}
			}
		}
		return null;
	}

	/**
	 * Returns whether a hook names a call of a library, and not what loads from an
	 * executable jar.
	 */
	static boolean isOfLibrary(Hook hook) {
		return hook.availability().library() && !ClassProfiles.isPackaging(hook.className());
	}

	static boolean isMethod(Seen frame, Hook hook) {
		StackTraceElement element = frame.element();
		return element.getClassName().equals(hook.className()) && element.getMethodName().equals(hook.methodName());
	}

	/**
	 * Returns whether a frame belongs to the same library, or to a proxy that leads to
	 * it.
	 */
	private static boolean belongsTo(Class<?> library, Seen frame) {
		return switch (frame.kind()) {
			case GENERATED -> true;
			case FRAMEWORK, LIBRARY -> frame.type().getProtectionDomain() == library.getProtectionDomain();
			case JDK, APPLICATION, DETECTOR -> false;
		};
	}

	private static @Nullable InterfaceCall find(Catalog catalog, @Nullable Class<?> type, String methodName) {
		if (type == null) {
			return null;
		}
		for (Class<?> implemented : type.getInterfaces()) {
			String implied = catalog.ruleOfInterface(implemented.getName());
			if (implied != null && PublicApi.declares(implemented, methodName)) {
				return new InterfaceCall(implied, implemented.getName() + "." + methodName);
			}
			InterfaceCall inherited = find(catalog, implemented, methodName);
			if (inherited != null) {
				return inherited;
			}
		}
		return find(catalog, type.getSuperclass(), methodName);
	}

	/**
	 * A call of a well-known interface.
	 *
	 * @param rule identifier of the rule it implies
	 * @param api the method, as the interface declares it
	 */
	record InterfaceCall(String rule, String api) {
	}

}
