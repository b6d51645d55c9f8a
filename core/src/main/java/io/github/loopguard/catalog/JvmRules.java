package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for services of the JVM: classes, resources, native libraries, processes,
 * console, entropy and garbage collection.
 */
final class JvmRules {

	private JvmRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(classLoading(), resourceLoading(), nativeLibrary(), process(), consoleRead(), entropy(),
				explicitGc());
	}

	private static RuleDefinition classLoading() {
		return rule("class-loading", "Loading a class").documentedAs("import_module")
			.fix("load the class at start-up, or bridge.call(() -> Class.forName(name))")
			.observed()
			.entry("java.lang.Class", "forName")
			.entry("java.util.ServiceLoader", "findFirst")
			.entry("java.util.ServiceLoader$LazyClassPathLookupIterator", "hasNext", "next")
			.build();
	}

	private static RuleDefinition resourceLoading() {
		return rule("resource-loading", "Loading a resource from the class path").documentedAs("import_module")
			.fix("read the resource once at start-up and keep it")
			.observed()
			.entry("java.lang.ClassLoader", "getResource", "getResources", "getResourceAsStream")
			.entry("java.lang.Class", "getResource", "getResourceAsStream")
			.entry("java.lang.CompoundEnumeration", "hasMoreElements", "nextElement")
			.entry("java.util.ResourceBundle", "getBundle")
			.build();
	}

	private static RuleDefinition nativeLibrary() {
		return rule("native-library", "Loading a native library").documentedAs("import_module")
			.fix("load the library at start-up")
			.throwSafeLeaf("java.lang.Runtime", "load0", "loadLibrary0")
			.build();
	}

	private static RuleDefinition process() {
		return rule("process", "Starting a process or waiting for one")
			.fix("bridge.call(() -> builder.start()), and Mono.fromFuture(process.onExit()) to wait for its end")
			.throwSafeEntry("java.lang.ProcessBuilder", "start")
			.throwSafeEntry("java.lang.Runtime", "exec")
			.throwSafeLeaf("java.lang.ProcessImpl", "start", "waitFor")
			.build();
	}

	private static RuleDefinition consoleRead() {
		return rule("console-read", "Reading from the console").fix("read the console on a thread of its own")
			.throwSafeLeaf("java.io.FileInputStream", "read", "readAllBytes", "readNBytes", "skip")
			.onStandardInput()
			.throwSafeLeaf("java.io.Console", "readLine", "readPassword")
			.build();
	}

	private static RuleDefinition entropy() {
		String random = "java.security.SecureRandom";
		return rule("entropy", "Gathering random numbers from the system")
			.fix("bridge.call(() -> secureRandom.generateSeed(20)), or a generator seeded at start-up")
			.observed()
			.entry("java.util.UUID", "randomUUID")
			.entry(random, "nextBytes", "next")
			.entry(random, "generateSeed", "getSeed")
			.logged()
			.leaf(random, "getInstanceStrong")
			.logged()
			.build();
	}

	private static RuleDefinition explicitGc() {
		return rule("explicit-gc", "Asking for a garbage collection").fix("remove the call")
			.throwSafeLeaf("java.lang.System", "gc")
			.build();
	}

}
