package com.acme.shop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.example.fuzz.Code;
import com.example.fuzz.Frames;
import com.example.fuzz.FreshClass;
import com.example.fuzz.Numbered;

/**
 * Calls its parts, so that it asks for what they do.
 */
final class Straight {

	private Straight() {
	}

	static Code lambda(Code code) {
		return () -> code.go();
	}

	@Frames("^#")
	static Code reference(Code code) {
		return code::go;
	}

	@Frames("1#go")
	static Code anonymous(Code code) {
		return new Code() {
			@Override
			public void go() {
				code.go();
			}
		};
	}

	@Frames("Nested#go")
	static Code nested(Code code) {
		return new Nested(code);
	}

	@Frames({ "Constructed#<init>", "#" })
	static Code constructor(Code code) {
		return () -> new Constructed(code);
	}

	@Frames({ "Concrete#step", "Template#go" })
	static Code template(Code code) {
		return new Concrete(code);
	}

	@Frames({ "Bridge#apply", "#applied", "#" })
	static Code bridge(Code code) {
		return () -> applied(new Bridge(), code);
	}

	@Frames("Defaulted#go")
	static Code defaultMethod(Code code) {
		return (Defaulted) () -> code;
	}

	@Frames({ "Mode$1#run", "#" })
	static Code enumBody(Code code) {
		return () -> Mode.EAGER.run(code);
	}

	@Frames(value = { "#", "#" }, depth = 14)
	static Code stream(Code code) {
		return () -> Stream.of(code).map((it) -> it).forEach((it) -> it.go());
	}

	@Frames({ "#", "#" })
	static Code optional(Code code) {
		return () -> Optional.of(code).ifPresent((it) -> it.go());
	}

	static Code map(Code code) {
		return () -> new ConcurrentHashMap<String, Integer>().computeIfAbsent("key", (key) -> {
			code.go();
			return 1;
		});
	}

	@Frames(depth = 12)
	static Code comparator(Code code) {
		return () -> new ArrayList<>(List.of(1, 2)).sort((one, other) -> {
			code.go();
			return 0;
		});
	}

	static Code threadLocal(Code code) {
		return () -> ThreadLocal.withInitial(() -> {
			code.go();
			return 1;
		}).get();
	}

	@Frames({ "#supplied", "#" })
	static Code supplier(Code code) {
		return () -> supplied(() -> code);
	}

	@Frames("#monitored")
	static Code monitor(Code code) {
		return () -> monitored(code);
	}

	static Code lock(Code code) {
		return () -> {
			ReentrantLock lock = new ReentrantLock();
			lock.lock();
			try {
				code.go();
			}
			finally {
				lock.unlock();
			}
		};
	}

	@Frames(value = { "Nested#go", "#" }, depth = 12)
	static Code reflection(Code code) {
		return () -> {
			try {
				Code.class.getMethod("go").invoke(new Nested(code));
			}
			catch (InvocationTargetException ex) {
				Sneaky.<RuntimeException>rethrow(ex.getCause());
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

	@Frames({ "Nested#go", "#" })
	static Code methodHandle(Code code) {
		return () -> {
			try {
				MethodHandle go = MethodHandles.lookup()
					.findVirtual(Code.class, "go", MethodType.methodType(void.class));
				go.invoke((Code) new Nested(code));
			}
			catch (Throwable ex) {
				Sneaky.<RuntimeException>rethrow(ex);
			}
		};
	}

	@Frames(value = { "Initialised#<clinit>", "#" }, depth = 14)
	static Code initialiser(Code code) {
		return () -> FreshClass.initialise(Initialised.class, code);
	}

	@Numbered(to = 300)
	@Frames({ "*#recurse", "#recurse", "#" })
	static Code recursion(Code code, int depth) {
		return () -> recurse(code, depth);
	}

	static Code sequence(Code[] codes) {
		return () -> {
			for (Code code : codes) {
				code.go();
			}
		};
	}

	@Numbered(to = 3, repeats = true)
	static Code alternation(Code[] codes, int times) {
		return () -> {
			for (int i = 0; i < times; i++) {
				for (Code code : codes) {
					code.go();
				}
			}
		};
	}

	@Numbered(to = 5, repeats = true)
	static Code loop(Code code, int times) {
		return () -> {
			for (int i = 0; i < times; i++) {
				code.go();
			}
		};
	}

	static Code guard(Code code) {
		return () -> {
			try {
				code.go();
			}
			catch (Exception ex) {
				Thread.onSpinWait();
			}
		};
	}

	static Code wrapping(Code code) {
		return () -> {
			try {
				code.go();
			}
			catch (Exception ex) {
				throw new IllegalArgumentException(ex);
			}
		};
	}

	static Code inFinally(Code code) {
		return () -> {
			try {
				throw new IllegalStateException("expected");
			}
			finally {
				code.go();
			}
		};
	}

	static Code failing(Code code) {
		return () -> {
			code.go();
			throw new IllegalStateException("expected");
		};
	}

	@Frames(value = "Allowed#go", allowed = true)
	static Code allowed(Code code) {
		return new Allowed(code);
	}

	private static void recurse(Code code, int depth) {
		if (depth == 0) {
			code.go();
		}
		else {
			recurse(code, depth - 1);
		}
	}

	private static <T> void applied(Function<T, ?> function, T value) {
		function.apply(value);
	}

	private static void supplied(Supplier<Code> supplier) {
		supplier.get().go();
	}

	/**
	 * Has a monitor of its own: two programs that wait for each other would not end.
	 */
	private static void monitored(Code code) {
		synchronized (new Object()) {
			code.go();
		}
	}

	private record Nested(Code code) implements Code {

		@Override
		public void go() {
			this.code.go();
		}

	}

	private record Allowed(Code code) implements Code {

		@Override
		public void go() {
			this.code.go();
		}

	}

	private static final class Constructed {

		Constructed(Code code) {
			code.go();
		}

	}

	private abstract static class Template implements Code {

		@Override
		public void go() {
			step();
		}

		abstract void step();

	}

	private static final class Concrete extends Template {

		private final Code code;

		Concrete(Code code) {
			this.code = code;
		}

		@Override
		void step() {
			this.code.go();
		}

	}

	private static final class Bridge implements Function<Code, String> {

		@Override
		public String apply(Code code) {
			code.go();
			return "";
		}

	}

	private interface Defaulted extends Code {

		Code code();

		@Override
		default void go() {
			code().go();
		}

	}

	private enum Mode {

		EAGER {

			@Override
			void run(Code code) {
				code.go();
			}

		};

		abstract void run(Code code);

	}

	private static final class Initialised {

		static {
			FreshClass.code().go();
		}

	}

}
