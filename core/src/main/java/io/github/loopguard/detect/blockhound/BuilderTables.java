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
 * The only reflective access to BlockHound: the two tables of its builder. Taking marks
 * out is what makes it work without a JVM flag; taking the allowances is what makes them
 * work beside other agents, and lets us list those of others.
 */
final class BuilderTables {

	private final Map<String, Map<String, Set<String>>> marks;

	private final Map<String, Map<String, Boolean>> allowances;

	private BuilderTables(Map<String, Map<String, Set<String>>> marks, Map<String, Map<String, Boolean>> allowances) {
		this.marks = marks;
		this.allowances = allowances;
	}

	/**
	 * Returns the tables of a builder, or {@code null} if this BlockHound has none such.
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
	 * Takes all marks out.
	 * @return the marks that were there
	 */
	List<Mark> takeMarks() {
		List<Mark> taken = new ArrayList<>();
		this.marks.forEach((className, methods) -> methods.forEach((method, descriptors) -> descriptors
			.forEach((descriptor) -> taken.add(new Mark(className.replace('/', '.'), method, descriptor)))));
		this.marks.clear();
		return taken;
	}

	/**
	 * Returns the methods in which blocking calls are allowed by now.
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
	 * Takes all allowances out.
	 * @return methods by the binary names of their classes, with whether they may block
	 */
	Map<String, Map<String, Boolean>> takeAllowances() {
		Map<String, Map<String, Boolean>> taken = new HashMap<>();
		this.allowances.forEach((className, methods) -> taken.put(className, Map.copyOf(methods)));
		this.allowances.clear();
		return taken;
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
