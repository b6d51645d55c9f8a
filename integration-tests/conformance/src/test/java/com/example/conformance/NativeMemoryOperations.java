package com.example.conformance;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.springframework.stereotype.Component;

/**
 * Maps files into segments, looks up libraries and dumps threads, by APIs that this code
 * is too old to name. So it calls them by reflection, and once by a method handle, which
 * reports leave out.
 */
@Component
class NativeMemoryOperations implements Operations {

	private static final String PACKAGE = "java.lang.foreign.";

	private static final String REFLECTION = "java.lang.reflect.Method.invoke";

	private static final String LOOKUP = "java.lang.foreign.SymbolLookup.libraryLookup";

	private final Workspace workspace;

	NativeMemoryOperations(Workspace workspace) {
		this.workspace = workspace;
	}

	Call force() throws Exception {
		return new Call(type("MemorySegment").getMethod("force"), segment());
	}

	Call load() throws Exception {
		return new Call(type("MemorySegment").getMethod("load"), segment());
	}

	Call dump() throws Exception {
		Class<?> format = Class.forName(HotSpotDiagnosticMXBean.class.getName() + "$ThreadDumpFormat");
		return new Call(HotSpotDiagnosticMXBean.class.getMethod("dumpThreads", String.class, format),
				ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class), this.workspace.scratch().toString(),
				format.getEnumConstants()[0]);
	}

	Call library() throws Exception {
		return new Call(type("SymbolLookup").getMethod("libraryLookup", String.class, type("Arena")), null,
				System.mapLibraryName("none"), arena());
	}

	MethodHandle libraryByPath() throws Exception {
		Method lookup = type("SymbolLookup").getMethod("libraryLookup", Path.class, type("Arena"));
		Path path = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("net"));
		return MethodHandles.insertArguments(MethodHandles.lookup().unreflect(lookup), 0, path, arena())
			.asType(MethodType.methodType(Object.class));
	}

	@Blocks(rule = "file-write", api = "java.lang.foreign.MemorySegment.force", call = REFLECTION, given = "force",
			from = 22)
	void segmentForce(Call force) throws Exception {
		force.method().invoke(force.target(), force.arguments());
	}

	@Blocks(rule = "file-read", api = "java.lang.foreign.MemorySegment.load", call = REFLECTION, given = "load",
			from = 22)
	void segmentLoad(Call load) throws Exception {
		load.method().invoke(load.target(), load.arguments());
	}

	/**
	 * Finds no such library.
	 */
	@Blocks(rule = "native-library", api = LOOKUP, call = REFLECTION, given = "library",
			throwing = InvocationTargetException.class, from = 22)
	void libraryLookup(Call library) throws Exception {
		library.method().invoke(library.target(), library.arguments());
	}

	@Blocks(rule = "native-library", api = LOOKUP, call = "java.lang.invoke.MethodHandle.invoke",
			given = "libraryByPath", from = 22)
	void libraryLookupByPath(MethodHandle libraryByPath) throws Throwable {
		Object lookup = libraryByPath.invoke();
		Objects.requireNonNull(lookup);
	}

	/**
	 * Dumps nothing, because the file exists.
	 */
	@Blocks(rule = "jvm-dump", api = "com.sun.management.HotSpotDiagnosticMXBean.dumpThreads", call = REFLECTION,
			given = "dump", throwing = InvocationTargetException.class, from = 21)
	void dumpThreads(Call dump) throws Exception {
		dump.method().invoke(dump.target(), dump.arguments());
	}

	private Object segment() throws Exception {
		try (FileChannel channel = FileChannel.open(this.workspace.scratch(), StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			return FileChannel.class.getMethod("map", FileChannel.MapMode.class, long.class, long.class, type("Arena"))
				.invoke(channel, FileChannel.MapMode.READ_WRITE, 0L, 64L, arena());
		}
	}

	private static Object arena() throws Exception {
		return type("Arena").getMethod("ofAuto").invoke(null);
	}

	private static Class<?> type(String name) throws ClassNotFoundException {
		return Class.forName(PACKAGE + name);
	}

	record Call(Method method, Object target, Object... arguments) {
	}

}
