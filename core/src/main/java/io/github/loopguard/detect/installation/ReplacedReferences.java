package io.github.loopguard.detect.installation;

import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.installation.NativeReferences.Companion;

/**
 * The classes whose references to native methods are replaced. A loaded class can neither
 * get nor lose methods, so whenever such a class is transformed again, the same
 * references are replaced, and never any in other classes.
 */
public final class ReplacedReferences {

	private final Map<ClassLoader, Map<String, Replacement>> classes = new WeakHashMap<>();

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
		return ((natives != null) ? Replacement.atDefinition(natives) : replacement(loader, className))
			.apply(classfile);
	}

	/**
	 * Notes that a class is defined without its references, so that it has to be
	 * transformed without them for good.
	 * @param loader loads the class
	 * @param className internal name of the class
	 * @param natives the native methods that it calls
	 */
	public void replaced(ClassLoader loader, String className, Set<String> natives) {
		put(loader, className, Replacement.atDefinition(natives));
	}

	/**
	 * Makes it possible to replace the references in a class that was loaded with them,
	 * by defining another class in its package. Nothing is done if its package is not
	 * open.
	 * @param type the class
	 * @param classfile its original class file
	 * @param natives the native methods that it calls
	 * @throws LinkageError if the other class cannot be defined
	 */
	public void loaded(Class<?> type, byte[] classfile, Set<String> natives) {
		String className = type.getName().replace('.', '/');
		Replacement before = replacement(type.getClassLoader(), className);
		Set<String> others = new HashSet<>(natives);
		others.removeAll(before.natives);
		Companion companion = others.isEmpty() ? null
				: NativeReferences.companion(classfile, others, before.natives.size());
		if (companion == null) {
			return;
		}
		try {
			MethodHandles.privateLookupIn(type, MethodHandles.lookup()).defineClass(companion.classfile());
		}
		catch (IllegalAccessException ex) {
			return;
		}
		put(type.getClassLoader(), className, before.and(companion));
	}

	private void put(ClassLoader loader, String className, Replacement replacement) {
		synchronized (this.classes) {
			this.classes.computeIfAbsent(loader, (key) -> new HashMap<>()).put(className, replacement);
		}
	}

	private Replacement replacement(ClassLoader loader, String className) {
		synchronized (this.classes) {
			return this.classes.getOrDefault(loader, Map.of()).getOrDefault(className, Replacement.NONE);
		}
	}

	/**
	 * How the references in a class are replaced.
	 *
	 * @param natives the native methods that are called otherwise since
	 * @param replace replaces them, and returns the same class file if it has none
	 */
	private record Replacement(Set<String> natives, UnaryOperator<byte[]> replace) {

		static final Replacement NONE = new Replacement(Set.of(), UnaryOperator.identity());

		static Replacement atDefinition(Set<String> natives) {
			return new Replacement(natives, (classfile) -> NativeReferences.replace(classfile, natives));
		}

		Replacement and(Companion companion) {
			Set<String> all = new HashSet<>(this.natives);
			all.addAll(companion.natives());
			return new Replacement(all, (classfile) -> NativeReferences.replace(apply(classfile), companion));
		}

		byte[] apply(byte[] classfile) {
			return this.replace.apply(classfile);
		}

	}

}
