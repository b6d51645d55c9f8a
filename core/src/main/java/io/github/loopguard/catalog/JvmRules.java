package io.github.loopguard.catalog;

import java.util.List;

import io.github.loopguard.catalog.Hook.Condition;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for services of the JVM: classes, resources, native libraries, processes,
 * console, entropy, garbage collection and dumps.
 */
final class JvmRules {

	private JvmRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(classLoading(), resourceLoading(), nativeLibrary(), process(), consoleRead(), entropy(),
				explicitGc(), jvmDump());
	}

	private static RuleDefinition classLoading() {
		return rule("class-loading", "Loading a class").documentedAs("import_module")
			.fix("load the class at start-up, or bridge.call(() -> Class.forName(name))")
			.observed()
			.entry("java.lang.Class", "forName")
			.host()
			.entry("java.util.ServiceLoader", "findFirst")
			.host()
			.entry("java.util.ServiceLoader$LazyClassPathLookupIterator", "hasNext", "next")
			.host()
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
			.entry("jdk.internal.loader.RawNativeLibraries", "load")
			.descriptor("(Ljava/nio/file/Path;)Ljdk/internal/loader/NativeLibrary;")
			.from(22)
			.leaf("jdk.internal.loader.RawNativeLibraries", "load")
			.descriptor("(Ljava/lang/String;)Ljdk/internal/loader/NativeLibrary;")
			.from(22)
			.build();
	}

	private static RuleDefinition process() {
		return rule("process", "Starting a process, waiting for it or asking about it")
			.fix("bridge.call(() -> builder.start()), and Mono.fromFuture(process.onExit()) to wait for its end")
			.throwSafeEntry("java.lang.ProcessBuilder", "start")
			.throwSafeEntry("java.lang.Runtime", "exec")
			.span("com.sun.tools.attach.VirtualMachine", "list", "attach")
			.inLibrary()
			.span("sun.tools.attach.HotSpotVirtualMachine", "loadAgent", "loadAgentLibrary", "loadAgentPath",
					"getSystemProperties", "getAgentProperties", "startManagementAgent", "startLocalManagementAgent")
			.inLibrary()
			.throwSafeLeaf("java.lang.ProcessImpl", "start", "waitFor")
			.throwSafeLeaf("java.lang.ProcessHandleImpl", "info", "descendants", "parent", "isAlive")
			.leaf("java.lang.ProcessHandleImpl", "children", "get")
			.build();
	}

	private static RuleDefinition consoleRead() {
		return rule("console-read", "Reading from the console").fix("read the console on a thread of its own")
			.throwSafeLeaf("java.io.FileInputStream", "read", "readAllBytes", "readNBytes", "skip")
			.only(Condition.STANDARD_INPUT)
			.throwSafeLeaf("java.io.Console", "readLine", "readPassword")
			.build();
	}

	private static RuleDefinition entropy() {
		String random = "java.security.SecureRandom";
		return rule("entropy", "Gathering random numbers from the system")
			.fix("bridge.call(() -> secureRandom.generateSeed(20)), or a generator seeded at start-up")
			.observed()
			.span("java.security.KeyPairGenerator$Delegate", "generateKeyPair")
			.span("java.security.AlgorithmParameterGenerator", "generateParameters")
			.span("java.security.Signature", "sign")
			.span("javax.crypto.KeyGenerator", "generateKey")
			.span("javax.crypto.Cipher", "init")
			.span("java.security.KeyStore", "store")
			.span("java.math.BigInteger", "probablePrime")
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
			.throwSafeLeaf("java.lang.Runtime", "gc")
			.throwSafeLeaf("sun.management.MemoryImpl", "gc")
			.alternative()
			.build();
	}

	/**
	 * Modules of the JDK that a run-time image may lack declare these.
	 */
	private static RuleDefinition jvmDump() {
		return rule("jvm-dump", "Dumping the heap or the stacks of all threads")
			.fix("bridge.call(() -> threads.dumpAllThreads(true, true)), but not in every request: "
					+ "all threads stand still meanwhile")
			.throwSafeLeaf("com.sun.management.internal.HotSpotDiagnostic", "dumpHeap")
			.alternative()
			.entry("com.sun.management.internal.HotSpotDiagnostic", "dumpThreads")
			.alternative()
			.throwSafeLeaf("sun.management.ThreadImpl", "dumpAllThreads", "findDeadlockedThreads",
					"findMonitorDeadlockedThreads")
			.alternative()
			.throwSafeLeaf("sun.management.ThreadImpl", "getThreadInfo")
			.descriptor("([JZZ)[Ljava/lang/management/ThreadInfo;")
			.alternative()
			.throwSafeLeaf("sun.management.ThreadImpl", "getThreadInfo")
			.descriptor("([JZZI)[Ljava/lang/management/ThreadInfo;")
			.alternative()
			.throwSafeLeaf("java.lang.Thread", "getAllStackTraces")
			.build();
	}

}
