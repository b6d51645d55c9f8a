package io.github.loopguard.detect.installation;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;

/**
 * Where the marks of a user's installation are woven: in the marked method, or around the
 * calls of it where it is native, because a native method cannot be changed without a
 * flag of the JVM. Immutable.
 */
public final class MarkPlan {

	/**
	 * A plan without marks.
	 */
	public static final MarkPlan NONE = new MarkPlan(Set.of());

	private final Map<String, Set<String>> methods = new HashMap<>();

	private final Map<String, Integer> calls = new HashMap<>();

	private final Set<String> callers = new HashSet<>();

	private boolean calledFromOutside;

	/**
	 * Creates a plan.
	 * @param marks the marks; those that this JDK does not have are skipped
	 */
	public MarkPlan(Collection<Mark> marks) {
		marks.forEach(this::add);
	}

	/**
	 * Returns whether a class has marked methods, or is one of the JDK's that call native
	 * ones.
	 * @param className internal name of the class
	 * @return whether it may have to be woven
	 */
	public boolean concerns(String className) {
		return hasMarksIn(className) || this.callers.contains(className);
	}

	/**
	 * Returns whether classes outside the JDK call native methods that are marked.
	 * @return whether all of them have to be searched
	 */
	public boolean isCalledFromOutside() {
		return this.calledFromOutside;
	}

	/**
	 * Returns whether a mark is woven around calls.
	 * @param mark the mark
	 * @return whether its method is a native one of the JDK
	 */
	public boolean isNative(Mark mark) {
		return this.calls.containsKey(key(mark.className().replace('.', '/'), mark.methodName(), mark.descriptor()));
	}

	/**
	 * Returns the keys of all native methods whose calls are woven.
	 * @return owner, name and descriptor as {@link #key} joins them
	 */
	public Set<String> calls() {
		return this.calls.keySet();
	}

	/**
	 * Returns the modifiers of a native method, as BlockHound reports them.
	 * @param key owner, name and descriptor
	 * @return the modifiers, or {@code null} if the method is not marked
	 */
	@Nullable Integer modifiers(String key) {
		return this.calls.get(key);
	}

	boolean isMarked(String className, String methodName, String descriptor) {
		return this.methods.getOrDefault(className, Set.of()).contains(methodName + descriptor);
	}

	/**
	 * Returns whether a class has marked methods that are not native.
	 * @param className internal name of the class
	 * @return whether some of its methods have to be woven
	 */
	public boolean hasMarksIn(String className) {
		return this.methods.containsKey(className);
	}

	/**
	 * Returns how a method is named in the constant pool of its callers.
	 * @param owner internal name of the class
	 * @param name name of the method
	 * @param descriptor its descriptor
	 * @return one string of all
	 */
	public static String key(String owner, String name, String descriptor) {
		return owner + '.' + name + descriptor;
	}

	private void add(Mark mark) {
		String owner = mark.className().replace('.', '/');
		Class<?> type = load(mark.className());
		if (type == null) {
			addMethod(owner, mark);
			return;
		}
		Stream.of(type.getDeclaredMethods()).filter((method) -> is(mark, method)).forEach((method) -> {
			if (!Modifier.isNative(method.getModifiers())) {
				addMethod(owner, mark);
				return;
			}
			this.calls.put(key(owner, mark.methodName(), mark.descriptor()), method.getModifiers() & ~Modifier.NATIVE);
			this.callers.add(owner);
			if (!Modifier.isPrivate(method.getModifiers())) {
				Catalog.nativeCallers().forEach((name) -> this.callers.add(name.replace('.', '/')));
				this.calledFromOutside |= Modifier.isPublic(type.getModifiers())
						&& type.getModule().isExported(type.getPackageName());
			}
		});
	}

	private void addMethod(String owner, Mark mark) {
		this.methods.computeIfAbsent(owner, (key) -> new HashSet<>()).add(mark.methodName() + mark.descriptor());
	}

	private static boolean is(Mark mark, Method method) {
		return method.getName().equals(mark.methodName())
				&& MethodType.methodType(method.getReturnType(), method.getParameterTypes())
					.toMethodDescriptorString()
					.equals(mark.descriptor());
	}

	private static @Nullable Class<?> load(String className) {
		try {
			return Class.forName(className, false, ClassLoader.getPlatformClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

}
