package io.github.loopguard.detect.installation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The classes whose references to native methods were replaced when they were defined. A
 * loaded class can neither get nor lose methods, so whenever such a class is transformed
 * again, the same references are replaced, and never any in other classes.
 */
public final class ReplacedReferences {

	private final Map<ClassLoader, Map<String, Set<String>>> classes = new WeakHashMap<>();

	/**
	 * Replaces the references in a class.
	 * @param classfile the original class file
	 * @param loader loads the class
	 * @param className internal name of the class
	 * @param natives the native methods that it calls, or {@code null} if the class is
	 * loaded already
	 * @return the class file; the same object if it has none
	 */
	public byte[] replace(byte[] classfile, ClassLoader loader, String className, @Nullable Set<String> natives) {
		Set<String> replaced = (natives != null) ? natives : replacedIn(loader, className);
		byte[] woven = replaced.isEmpty() ? null : NativeReferences.replace(classfile, replaced);
		return (woven != null) ? woven : classfile;
	}

	/**
	 * Notes that a class is defined without its references, so that it has to be
	 * transformed without them for good.
	 * @param loader loads the class
	 * @param className internal name of the class
	 * @param natives the native methods that it calls
	 */
	public void replaced(ClassLoader loader, String className, Set<String> natives) {
		synchronized (this.classes) {
			this.classes.computeIfAbsent(loader, (key) -> new HashMap<>()).put(className, natives);
		}
	}

	private Set<String> replacedIn(ClassLoader loader, String className) {
		synchronized (this.classes) {
			return this.classes.getOrDefault(loader, Map.of()).getOrDefault(className, Set.of());
		}
	}

}
