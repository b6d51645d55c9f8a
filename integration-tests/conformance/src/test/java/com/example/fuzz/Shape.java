package com.example.fuzz;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A kind of part that programs are made of: a method that makes it.
 *
 * @param name class and method
 * @param method the method in the application's class
 * @param frames what it puts on the stack
 */
record Shape(String name, Method method, Frames frames) {

	private static final List<String> CLASSES = List.of("Waits", "Resources", "Forms", "Straight", "Decorators",
			"Operators", "Hops");

	private static final Map<String, Shape> ALL = find();

	static Shape of(String name) {
		Shape shape = ALL.get(name);
		if (shape == null) {
			throw new IllegalArgumentException(name);
		}
		return shape;
	}

	/**
	 * Returns the shapes that programs are made of.
	 */
	static List<Shape> all() {
		return List.copyOf(ALL.values());
	}

	/**
	 * Returns whether it has no parts.
	 */
	boolean isLeaf() {
		return takes(0) == Probe.class;
	}

	boolean isSequence() {
		return takes(0) == Code[].class;
	}

	@Nullable Hop hop() {
		return this.method.getAnnotation(Hop.class);
	}

	@Nullable Numbered numbered() {
		return this.method.getAnnotation(Numbered.class);
	}

	/**
	 * Returns rules and APIs of its own calls.
	 */
	List<String> blocks() {
		Blocks blocks = this.method.getAnnotation(Blocks.class);
		return (blocks != null) ? List.of(blocks.value()) : List.of();
	}

	/**
	 * Returns whether nobody knows how often its call blocks.
	 */
	boolean isUncertain() {
		Blocks blocks = this.method.getAnnotation(Blocks.class);
		return blocks != null && blocks.uncertain();
	}

	/**
	 * Returns whether its call waits unless its time is over before.
	 */
	boolean mayNotWait() {
		return blocks().stream().allMatch((call) -> call.startsWith("thread-park "));
	}

	/**
	 * Makes a part.
	 */
	Object make(Owner owner, List<Code> parts, int number, Probe probe) {
		try {
			Method twin = Arrays.stream(owner.twin(this.method.getDeclaringClass()).getDeclaredMethods())
				.filter((it) -> it.getName().equals(this.method.getName())
						&& Arrays.equals(it.getParameterTypes(), this.method.getParameterTypes()))
				.findFirst()
				.orElseThrow();
			twin.setAccessible(true);
			List<Object> arguments = new ArrayList<>();
			for (Class<?> type : this.method.getParameterTypes()) {
				arguments.add((type == Code.class) ? parts.get(0)
						: (type == Code[].class) ? parts.toArray(Code[]::new) : (type == int.class) ? number : probe);
			}
			return twin.invoke(null, arguments.toArray());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(toString(), ex);
		}
	}

	/**
	 * Returns what it puts on the stack, the innermost first.
	 */
	List<StackPart> stack(Owner owner, int number) {
		List<StackPart> stack = new ArrayList<>();
		for (String text : this.frames.value()) {
			StackPart part = StackPart.of(text, this, owner);
			for (int i = (text.startsWith("*") ? number : 1); i > 0; i--) {
				stack.add(part);
			}
		}
		return stack;
	}

	@Override
	public String toString() {
		return this.name;
	}

	private Class<?> takes(int index) {
		return this.method.getParameterTypes()[index];
	}

	private static Map<String, Shape> find() {
		Map<String, Shape> found = new TreeMap<>();
		for (String className : CLASSES) {
			Class<?> type = type(className);
			for (Method method : type.getDeclaredMethods()) {
				if (!Modifier.isPrivate(method.getModifiers())
						&& Stream.of(Code.class, Call.class).anyMatch((it) -> it == method.getReturnType())) {
					String name = className + "." + method.getName();
					found.put(name, new Shape(name, method, frames(method)));
				}
			}
		}
		return found;
	}

	private static Class<?> type(String className) {
		try {
			return Class.forName(Owner.WRITTEN + className);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Frames frames(Method method) {
		Frames own = method.getAnnotation(Frames.class);
		Frames ofClass = method.getDeclaringClass().getAnnotation(Frames.class);
		return (own != null) ? own : (ofClass != null) ? ofClass : Default.FRAMES;
	}

	/**
	 * Has the default.
	 */
	@Frames
	private static final class Default {

		static final Frames FRAMES = Default.class.getAnnotation(Frames.class);

	}

}
