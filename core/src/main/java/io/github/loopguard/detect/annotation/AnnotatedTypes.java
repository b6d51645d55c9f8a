package io.github.loopguard.detect.annotation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The classes and interfaces about whose methods annotations say something. Limited;
 * those beyond the limit are only counted.
 */
final class AnnotatedTypes {

	private static final int LAST_LOOK = 64;

	private final int limit;

	private final Map<ClassLoader, Map<String, TypeStatements>> types = new WeakHashMap<>();

	/** Interfaces whose classes may have been defined before them. */
	private final Map<ClassLoader, Set<String>> recent = new WeakHashMap<>();

	private int age;

	private volatile int size;

	private volatile int dropped;

	AnnotatedTypes(int limit) {
		this.limit = limit;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Returns how many are beyond the limit.
	 */
	int dropped() {
		return this.dropped;
	}

	/**
	 * Adds a type, or replaces what is known about it.
	 */
	synchronized void put(ClassLoader loader, String className, TypeStatements statements, boolean isInterface) {
		Map<String, TypeStatements> known = this.types.computeIfAbsent(loader, (key) -> new HashMap<>());
		if (!known.containsKey(className)) {
			if (count() >= this.limit) {
				this.dropped++;
				return;
			}
			if (isInterface && !statements.inherited().isEmpty()) {
				this.recent.computeIfAbsent(loader, (key) -> new HashSet<>()).add(className);
				this.age = 0;
			}
		}
		known.put(className, statements);
		this.size = count();
	}

	/**
	 * Returns what is known about a loaded type, or {@code null} if nothing is.
	 */
	@Nullable TypeStatements find(Class<?> type) {
		return find(type.getClassLoader(), type.getName());
	}

	/**
	 * Returns what a class inherits whose supertypes may not be loaded yet.
	 * @param proxy whether it stands for its superclass
	 */
	TypeStatements inherited(ClassLoader loader, ClassReader reader, boolean proxy) {
		List<TypeStatements> supertypes = new ArrayList<>();
		for (String name : reader.getInterfaces()) {
			add(supertypes, findFrom(loader, name), false);
		}
		String superclass = reader.getSuperName();
		if (superclass != null) {
			add(supertypes, findFrom(loader, superclass), proxy);
		}
		return TypeStatements.inheritedFrom(supertypes);
	}

	/**
	 * Returns what a loaded class inherits.
	 * @param proxy whether it stands for its superclass
	 */
	TypeStatements inherited(Class<?> type, boolean proxy) {
		List<TypeStatements> supertypes = new ArrayList<>();
		for (Class<?> implemented : type.getInterfaces()) {
			add(supertypes, complete(implemented), false);
		}
		Class<?> superclass = type.getSuperclass();
		if (superclass != null) {
			add(supertypes, complete(superclass), proxy);
		}
		return TypeStatements.inheritedFrom(supertypes);
	}

	/**
	 * Returns the loaded classes that implement an annotated interface but were defined
	 * before it, as those are that cause it to be loaded. Looks a few times after an
	 * interface was added, because such a class may still be in the making.
	 * @param loaded returns all loaded classes
	 */
	List<Class<?>> late(Supplier<Class<?>[]> loaded) {
		if (!isTimeToLook()) {
			return List.of();
		}
		Class<?>[] all = loaded.get();
		List<Class<?>> interfaces = Stream.of(all).filter(Class::isInterface).filter(this::isRecent).toList();
		return interfaces.isEmpty() ? List.of()
				: Stream.of(all).filter((type) -> !type.isHidden() && isLate(type, interfaces)).toList();
	}

	private synchronized boolean isTimeToLook() {
		if (this.recent.isEmpty()) {
			return false;
		}
		if (++this.age > LAST_LOOK) {
			this.recent.clear();
		}
		return Integer.bitCount(this.age) == 1;
	}

	private synchronized boolean isRecent(Class<?> type) {
		return this.recent.getOrDefault(type.getClassLoader(), Set.of()).contains(type.getName());
	}

	private boolean isLate(Class<?> type, List<Class<?>> interfaces) {
		TypeStatements known = null;
		for (Class<?> implemented : interfaces) {
			if (implemented != type && implemented.isAssignableFrom(type)) {
				known = (known != null) ? known : find(type);
				if (known == null || !known.interfaces().contains(implemented.getName())) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Returns what is known about a loaded type, with what it inherits.
	 */
	private TypeStatements complete(Class<?> type) {
		if (type.getClassLoader() == null) {
			return TypeStatements.NONE;
		}
		TypeStatements above = inherited(type, false);
		TypeStatements known = find(type);
		return (known == null) ? above
				: TypeStatements.inheritedFrom(List.of(known, above)).declaring(known.declared());
	}

	private static void add(List<TypeStatements> supertypes, @Nullable TypeStatements found, boolean proxy) {
		TypeStatements supertype = (proxy && found != null) ? found.ofProxy() : found;
		if (supertype != null && !supertype.inherited().isEmpty()) {
			supertypes.add(supertype);
		}
	}

	private synchronized @Nullable TypeStatements find(@Nullable ClassLoader loader, String className) {
		return this.types.getOrDefault(loader, Map.of()).get(className);
	}

	private @Nullable TypeStatements findFrom(ClassLoader loader, String internalName) {
		if (internalName.startsWith("java/")) {
			return null;
		}
		String className = internalName.replace('/', '.');
		for (ClassLoader current = loader; current != null; current = current.getParent()) {
			TypeStatements found = find(current, className);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private int count() {
		return this.types.values().stream().mapToInt(Map::size).sum();
	}

}
