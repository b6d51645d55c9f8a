package io.github.loopguard.detect.installation;

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
public final class BuilderTables {

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
	public static @Nullable BuilderTables of(BlockHound.Builder builder) {
		try {
			return new BuilderTables((Map<String, Map<String, Set<String>>>) read(builder, "blockingMethods"),
					(Map<String, Map<String, Boolean>>) read(builder, "allowances"));
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Returns all marks.
	 */
	public List<Mark> marks() {
		List<Mark> all = new ArrayList<>();
		this.marks.forEach((className, methods) -> methods.forEach((method, descriptors) -> descriptors
			.forEach((descriptor) -> all.add(new Mark(className.replace('/', '.'), method, descriptor)))));
		return all;
	}

	/**
	 * Returns the methods in which blocking calls are allowed, as class and method.
	 */
	public Set<String> allowedMethods() {
		Set<String> methods = new HashSet<>();
		this.allowances.forEach((className, flags) -> flags.forEach((methodName, allowed) -> {
			if (allowed) {
				methods.add(className + "#" + methodName);
			}
		}));
		return methods;
	}

	/**
	 * Returns all allowances.
	 * @return methods by the binary names of their classes, with whether they may block
	 */
	public Map<String, Map<String, Boolean>> allowances() {
		Map<String, Map<String, Boolean>> all = new HashMap<>();
		this.allowances.forEach((className, methods) -> all.put(className, Map.copyOf(methods)));
		return all;
	}

	/**
	 * Removes all marks and allowances.
	 */
	public void clear() {
		this.marks.clear();
		this.allowances.clear();
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

}
