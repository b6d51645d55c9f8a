package com.example.prevented;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hooks of the catalog out of which an error may be thrown, and which of them were
 * seen to do so.
 */
final class FlaggedHooks {

	private static final String OPERATING_SYSTEM = System.getProperty("os.name").toLowerCase(Locale.ROOT);

	/**
	 * Classes that calls of every system and release reach in another order, or not at
	 * all, with the reason why an error out of them is safe.
	 */
	private static final Map<String, String> NOT_EVERYWHERE = Map.of("sun.nio.fs.UnixNativeDispatcher",
			"each of its methods may fail by an exception of its own at the same place", "java.util.zip.ZipFile$Source",
			"a read that fails leaves the place in the jar as it was", "java.io.Console", "a build has no console");

	private final Map<String, Integer> proven = new TreeMap<>();

	/**
	 * Notes who threw: the leaf hook is the innermost frame outside of detectors, entry
	 * hooks lie between that and the test. A native method has no frame, and is named.
	 */
	void prevented(Throwable error) {
		assertThat(error.getStackTrace()).noneMatch((frame) -> isDetector(frame.getClassName()));
		List<String> called = Stream.of(error.getStackTrace())
			.takeWhile((frame) -> !frame.getClassName().startsWith("com.example."))
			.map((frame) -> frame.getClassName() + "#" + frame.getMethodName())
			.toList();
		called.stream().distinct().forEach((method) -> {
			if (method.equals(called.get(0)) || !isLeafOnly(method)) {
				this.proven.merge(method, 1, Integer::sum);
			}
		});
		if (called.isEmpty()) {
			String api = error.getCause().getMessage().replaceFirst("Loopguard prevented (\\S+) .*", "$1");
			int dot = api.lastIndexOf('.');
			this.proven.merge(api.substring(0, dot) + "#" + api.substring(dot + 1), 1, Integer::sum);
		}
	}

	/**
	 * Returns the hooks that can exist here and did not throw, or fewer times than there
	 * are hooks of their name.
	 */
	List<String> unproven() {
		List<String> unproven = new ArrayList<>();
		required().forEach((method, hooks) -> {
			if (this.proven.getOrDefault(method, 0) < hooks) {
				unproven.add(method);
			}
		});
		return unproven;
	}

	private static Map<String, Integer> required() {
		Map<String, Integer> required = new TreeMap<>();
		hooks().filter((hook) -> hook.availability().covers(Runtime.version().feature(), OPERATING_SYSTEM))
			.filter((hook) -> !hook.availability().alternative() || exists(hook))
			.filter((hook) -> !NOT_EVERYWHERE.containsKey(hook.className()))
			.forEach((hook) -> required.merge(name(hook), 1, Integer::sum));
		return required;
	}

	private static Stream<Hook> hooks() {
		return Catalog.shipped().hooks().stream().filter(Hook::throwSafe);
	}

	private static boolean isLeafOnly(String method) {
		return hooks().filter((hook) -> name(hook).equals(method)).allMatch((hook) -> hook.kind() == Kind.LEAF);
	}

	private static String name(Hook hook) {
		return hook.className() + "#" + hook.methodName();
	}

	private static boolean exists(Hook hook) {
		try {
			return Stream.of(Class.forName(hook.className(), false, null).getDeclaredMethods())
				.anyMatch((method) -> method.getName().equals(hook.methodName()));
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	private static boolean isDetector(String className) {
		return className.startsWith("io.github.loopguard.") || className.startsWith("reactor.blockhound.");
	}

}
