package io.github.loopguard.detect.blockhound;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;

/**
 * The only reflective access to BlockHound: the two tables of its builder. Without the
 * marks, BlockHound needs no JVM flag. The allowances are woven by Loopguard, so that
 * they work beside other agents and can be listed.
 */
final class BuilderTables {

	private final Map<String, Map<String, Set<String>>> marks;

	private final Map<String, Map<String, Boolean>> allowances;

	private BuilderTables(Map<String, Map<String, Set<String>>> marks, Map<String, Map<String, Boolean>> allowances) {
		this.marks = marks;
		this.allowances = allowances;
	}

	/**
	 * Returns the tables of a builder, or {@code null} if this version of BlockHound does
	 * not have them.
	 */
	@SuppressWarnings("unchecked")
	static @Nullable BuilderTables of(BlockHound.Builder builder) {
		try {
			return new BuilderTables((Map<String, Map<String, Set<String>>>) read(builder, "blockingMethods"),
					(Map<String, Map<String, Boolean>>) read(builder, "allowances"));
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Removes all marks and returns them.
	 */
	List<Mark> removeMarks() {
		List<Mark> removed = new ArrayList<>();
		this.marks.forEach((className, methods) -> methods.forEach((method, descriptors) -> descriptors
			.forEach((descriptor) -> removed.add(new Mark(className.replace('/', '.'), method, descriptor)))));
		this.marks.clear();
		return removed;
	}

	/**
	 * Returns the methods in which blocking calls are allowed, as class and method.
	 */
	Set<String> allowedMethods() {
		Set<String> methods = new HashSet<>();
		this.allowances.forEach((className, flags) -> flags.forEach((methodName, allowed) -> {
			if (allowed) {
				methods.add(className + "#" + methodName);
			}
		}));
		return methods;
	}

	/**
	 * Removes all allowances and returns them.
	 * @return methods by the binary names of their classes, with whether they may block
	 */
	Map<String, Map<String, Boolean>> removeAllowances() {
		Map<String, Map<String, Boolean>> removed = new HashMap<>();
		this.allowances.forEach((className, methods) -> removed.put(className, Map.copyOf(methods)));
		this.allowances.clear();
		return removed;
	}

	private static Object read(BlockHound.Builder builder, String name) throws ReflectiveOperationException {
		Field field = BlockHound.Builder.class.getDeclaredField(name);
		field.setAccessible(true);
		Object value = field.get(builder);
		if (!(value instanceof Map)) {
			throw new NoSuchFieldException(name);
		}
		return value;
	}

	/**
	 * A method marked as blocking.
	 *
	 * @param className binary name of the class
	 * @param methodName name of the method
	 * @param descriptor its descriptor
	 */
	record Mark(String className, String methodName, String descriptor) {

		@Override
		public String toString() {
			return this.className + "#" + this.methodName + this.descriptor;
		}

	}

}
