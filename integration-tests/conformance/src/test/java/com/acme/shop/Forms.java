package com.acme.shop;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.example.fuzz.Blocks;
import com.example.fuzz.Call;
import com.example.fuzz.Frames;
import com.example.fuzz.Probe;

/**
 * Calls that stand where people write them.
 */
final class Forms {

	private static final String EXISTS = "file-stat java.nio.file.Files.exists";

	private static final String SLEEP = "sleep java.lang.Thread.sleep";

	private Forms() {
	}

	@Frames("1#make")
	@Blocks(EXISTS)
	static Call anonymous(Probe probe) {
		return new Call() {
			@Override
			public void make() {
				Files.exists(probe.file());
			}
		};
	}

	@Frames("Nested#make")
	@Blocks(SLEEP)
	static Call nested(Probe probe) {
		return new Nested(probe);
	}

	@Frames("1Local#make")
	@Blocks(EXISTS)
	static Call local(Probe probe) {
		record Local(Path path) implements Call {
			@Override
			public void make() {
				Files.exists(this.path);
			}
		}
		return new Local(probe.file());
	}

	@Frames("Constructed#<init>")
	@Blocks(SLEEP)
	static Call constructor(Probe probe) {
		return () -> new Constructed(probe);
	}

	@Frames("Compact#<init>")
	@Blocks(EXISTS)
	static Call compactConstructor(Probe probe) {
		return () -> new Compact(probe.file());
	}

	@Blocks(EXISTS)
	static Call nestedLambda(Probe probe) {
		return () -> {
			Supplier<Supplier<Boolean>> outer = () -> () -> Files.exists(probe.file());
			outer.get().get();
		};
	}

	@Frames("#exists")
	@Blocks(EXISTS)
	static Call reference(Probe probe) {
		return () -> Stream.of(probe.file()).forEach(Forms::exists);
	}

	@Frames("^#")
	@Blocks("file-stat java.nio.file.Files.isReadable")
	static Call referenceToJdk(Probe probe) {
		return () -> {
			Function<Path, Boolean> function = Files::isReadable;
			function.apply(probe.file());
		};
	}

	@Frames("%#")
	@Blocks(SLEEP)
	static Call referenceToNative(Probe probe) {
		return () -> {
			Sleeper sleeper = Thread::sleep;
			sleeper.sleep(probe.millis());
		};
	}

	@Frames("Bridge#apply")
	@Blocks("file-read java.nio.file.Files.readString")
	static Call bridge(Probe probe) {
		return () -> apply(new Bridge(), probe.file());
	}

	@Frames("Interface#exists")
	@Blocks(EXISTS)
	static Call interfaceMethod(Probe probe) {
		return () -> Interface.exists(probe.file());
	}

	@Frames("Defaulted#make")
	@Blocks(EXISTS)
	static Call defaultMethod(Probe probe) {
		return (Defaulted) () -> probe;
	}

	@Frames("Mode$1#exists")
	@Blocks(EXISTS)
	static Call enumBody(Probe probe) {
		return () -> Mode.EAGER.exists(probe.file());
	}

	@Frames("Base#make")
	@Blocks(EXISTS)
	static Call inherited(Probe probe) {
		return new Derived(probe);
	}

	@Blocks(EXISTS)
	static Call inStream(Probe probe) {
		return () -> Stream.of(probe.file()).map((path) -> Files.exists(path)).toList();
	}

	@Blocks(SLEEP)
	static Call inFinally(Probe probe) {
		return () -> {
			try {
				throw new IllegalStateException("expected");
			}
			finally {
				Thread.sleep(probe.millis());
			}
		};
	}

	@Frames("#monitored")
	@Blocks(EXISTS)
	static Call monitored(Probe probe) {
		return () -> monitored(probe.file());
	}

	@Frames("#generic")
	@Blocks(EXISTS)
	static Call varargs(Probe probe) {
		return () -> generic((Callable<Path>) probe::file);
	}

	@Blocks(EXISTS)
	static Call reflection(Probe probe) {
		return () -> {
			Method exists = Files.class.getMethod("exists", Path.class, java.nio.file.LinkOption[].class);
			exists.invoke(null, probe.file(), new java.nio.file.LinkOption[0]);
		};
	}

	@Blocks("file-stat java.nio.file.Files.size")
	static Call methodHandle(Probe probe) {
		return () -> {
			try {
				MethodHandle size = MethodHandles.lookup()
					.findStatic(Files.class, "size", MethodType.methodType(long.class, Path.class));
				size.invoke(probe.file());
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

	private static boolean exists(Path path) {
		return Files.exists(path);
	}

	private static synchronized void monitored(Path path) {
		Files.exists(path);
	}

	@SafeVarargs
	private static <T extends Path> void generic(Callable<T>... paths) throws Exception {
		for (Callable<T> path : paths) {
			Files.exists(path.call());
		}
	}

	private static <T> void apply(Function<T, ?> function, T value) {
		function.apply(value);
	}

	private interface Sleeper {

		void sleep(long millis) throws InterruptedException;

	}

	private record Nested(Probe probe) implements Call {

		@Override
		public void make() throws InterruptedException {
			Thread.sleep(this.probe.millis());
		}

	}

	private static final class Constructed {

		Constructed(Probe probe) throws InterruptedException {
			Thread.sleep(probe.millis());
		}

	}

	private record Compact(Path path) {

		private Compact {
			if (!Files.exists(path)) {
				throw new IllegalArgumentException("missing");
			}
		}

	}

	private static final class Bridge implements Function<Path, String> {

		@Override
		public String apply(Path path) {
			try {
				return Files.readString(path);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	private interface Interface {

		static boolean exists(Path path) {
			return Files.exists(path);
		}

	}

	private interface Defaulted extends Call {

		Probe probe();

		@Override
		default void make() {
			Files.exists(probe().file());
		}

	}

	private enum Mode {

		EAGER {

			@Override
			boolean exists(Path path) {
				return Files.exists(path);
			}

		};

		abstract boolean exists(Path path);

	}

	private abstract static class Base implements Call {

		private final Probe probe;

		Base(Probe probe) {
			this.probe = probe;
		}

		@Override
		public void make() {
			Files.exists(this.probe.file());
		}

	}

	private static final class Derived extends Base {

		private Derived(Probe probe) {
			super(probe);
		}

	}

}
