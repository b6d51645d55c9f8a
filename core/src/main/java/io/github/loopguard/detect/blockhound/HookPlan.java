package io.github.loopguard.detect.blockhound;

import java.io.FileDescriptor;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Condition;
import io.github.loopguard.detect.annotation.AnnotatedMethod;

/**
 * The methods and call sites to weave on the running JDK: the catalog's hooks, resolved
 * by reflection. Immutable.
 */
final class HookPlan {

	/**
	 * Internal name of the thread class with which BlockHound tests its installation.
	 */
	static final String SMOKE_TEST = "reactor/blockhound/TestThread";

	private final Map<String, List<Weave>> methods = new HashMap<>();

	private final Map<String, CallSite> callSites = new HashMap<>();

	private final Map<Hook, String> missing = new HashMap<>();

	private final BitSet planned = new BitSet();

	private final List<Hook> hooks;

	HookPlan(List<Hook> hooks) {
		this.hooks = hooks;
		this.methods.put(SMOKE_TEST, List.of(new Weave(0, "run", "()V", false, false, Condition.ALWAYS, null)));
		int feature = Runtime.version().feature();
		String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
		for (int id = 0; id < hooks.size(); id++) {
			Hook hook = hooks.get(id);
			if (hook.availability().library()) {
				weave(hook, Weave.of(id, hook, hook.descriptor()));
			}
			else if (hook.availability().covers(feature, system)) {
				resolve(id, hook);
			}
		}
	}

	/**
	 * Returns the methods to weave in a class.
	 * @param internalName internal name of the class
	 */
	List<Weave> methodsOf(String internalName) {
		return this.methods.getOrDefault(internalName, List.of());
	}

	/**
	 * Returns the native methods whose call sites are woven, by {@link CallSite#key()}.
	 */
	Map<String, CallSite> callSites() {
		return this.callSites;
	}

	/**
	 * Returns whether this JDK has the method of a hook.
	 * @param id index of the hook
	 */
	boolean isPlanned(int id) {
		return this.planned.get(id);
	}

	/**
	 * Returns the hooks that this JDK lacks, with the reason.
	 */
	Map<Hook, String> missing() {
		return this.missing;
	}

	/**
	 * Returns whether a class belongs to those of the JDK that may call native methods
	 * with hooks.
	 * @param className binary name of the class
	 */
	boolean isNativeCaller(String className) {
		return !this.callSites.isEmpty() && Catalog.nativeCallers().contains(className);
	}

	/**
	 * Returns the binary names of all classes with hooks.
	 */
	Set<String> classNames() {
		return this.hooks.stream().map(Hook::className).collect(Collectors.toUnmodifiableSet());
	}

	private void resolve(int id, Hook hook) {
		Class<?> type = load(hook.className());
		if (type == null) {
			miss(hook, "no such class");
			return;
		}
		if (!hasWhatIsRead(type, hook.condition())) {
			miss(hook, "this JDK lacks what tells which calls count");
			return;
		}
		String problem = "no such method";
		boolean found = false;
		for (Method method : type.getDeclaredMethods()) {
			String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
				.toMethodDescriptorString();
			if (Modifier.isAbstract(method.getModifiers())
					|| !Weave.of(id, hook, hook.descriptor()).matches(method.getName(), descriptor)) {
				continue;
			}
			if (!Modifier.isNative(method.getModifiers())) {
				weave(hook, Weave.of(id, hook, descriptor));
				found = true;
			}
			else if (Modifier.isPublic(method.getModifiers())) {
				CallSite site = new CallSite(id, hook.className().replace('.', '/'), method.getName(), descriptor);
				this.callSites.put(site.key(), site);
				found = true;
			}
			else {
				problem = "native and not public: neither the method nor its callers can be instrumented";
			}
		}
		if (found && hook.endMethodName() != null) {
			weave(hook, new Weave(id, hook.endMethodName(), null, true, true, Condition.ALWAYS, null));
		}
		this.planned.set(id, found);
		if (!found) {
			miss(hook, problem);
		}
	}

	/**
	 * Returns whether a class has what woven code reads to find out whether a condition
	 * holds. Without it, every call would fail.
	 */
	private static boolean hasWhatIsRead(Class<?> type, Condition condition) {
		return switch (condition) {
			case STANDARD_INPUT -> hasField(type, "fd", FileDescriptor.class);
			case NAMED_FILE -> hasField(type, "path", String.class);
			case UNBUFFERED -> hasField(type, "bb", ByteBuffer.class);
			case LINGERING_SOCKET, LINGERING_CHANNEL ->
				hasField(type, "fd", FileDescriptor.class) && hasSocketOptions();
			default -> true;
		};
	}

	private static boolean hasField(@Nullable Class<?> type, String name, Class<?> ofType) {
		return type != null && (Stream.of(type.getDeclaredFields())
			.anyMatch((field) -> field.getName().equals(name) && field.getType() == ofType)
				|| hasField(type.getSuperclass(), name, ofType));
	}

	private static boolean hasSocketOptions() {
		Class<?> type = load("sun.nio.ch.Net");
		return type != null && Stream.of(type.getDeclaredMethods())
			.anyMatch((method) -> method.getName().equals("getSocketOption") && Arrays
				.equals(method.getParameterTypes(), new Class<?>[] { FileDescriptor.class, SocketOption.class }));
	}

	private void miss(Hook hook, String reason) {
		if (!hook.availability().alternative()) {
			this.missing.put(hook, reason);
		}
	}

	private void weave(Hook hook, Weave weave) {
		this.methods.computeIfAbsent(hook.className().replace('.', '/'), (name) -> new ArrayList<>()).add(weave);
	}

	/**
	 * Returns whether a class belongs to the JDK.
	 */
	static boolean isOfJdk(String className) {
		return load(className) != null;
	}

	private static @Nullable Class<?> load(String className) {
		try {
			return Class.forName(className, false, ClassLoader.getPlatformClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	/**
	 * A method to weave, together with its hook.
	 *
	 * @param id index of the hook
	 * @param name name of the method
	 * @param descriptor its descriptor, or {@code null} for all overloads
	 * @param ends whether the method ends a call that another one began
	 * @param returns whether the call ends when the method returns
	 * @param condition which calls count
	 * @param undo method of the same class that is called when a call is prevented, or
	 * {@code null}
	 */
	record Weave(int id, String name, @Nullable String descriptor, boolean ends, boolean returns, Condition condition,
			@Nullable String undo) {

		static Weave of(int id, Hook hook, @Nullable String descriptor) {
			return new Weave(id, hook.methodName(), descriptor, false, hook.endMethodName() == null, hook.condition(),
					hook.undoMethodName());
		}

		/**
		 * Returns the annotated methods of a class, then its planned ones: a call that is
		 * prevented because it is annotated has entered no other hook.
		 */
		static List<Weave> and(List<Weave> planned, List<AnnotatedMethod> annotated) {
			List<Weave> all = new ArrayList<>();
			for (AnnotatedMethod method : annotated) {
				all.add(new Weave(method.id(), method.name(), method.descriptor(), false, true, Condition.ALWAYS,
						null));
			}
			all.addAll(planned);
			return all;
		}

		boolean matches(String methodName, String methodDescriptor) {
			return this.name.equals(methodName) && (this.descriptor == null || this.descriptor.equals(methodDescriptor))
					&& methodDescriptor.startsWith(read(this.condition));
		}

		/**
		 * Returns how the descriptor of a method begins whose arguments woven code reads.
		 */
		private static String read(Condition condition) {
			return switch (condition) {
				case HOST_NAME -> "(Ljava/lang/String;";
				case POSITIVE_TIMEOUT -> "(J";
				case POSITIVE_DURATION -> "(Ljava/time/Duration;";
				case UNBUFFERED -> "([CII)";
				default -> "(";
			};
		}

	}

	/**
	 * A native method whose callers outside the JDK are woven.
	 *
	 * @param id index of the hook
	 * @param owner internal name of the class
	 * @param name name of the method
	 * @param descriptor its descriptor
	 */
	record CallSite(int id, String owner, String name, String descriptor) {

		String key() {
			return key(this.owner, this.name, this.descriptor);
		}

		static String key(String owner, String name, String descriptor) {
			return owner + '.' + name + descriptor;
		}

	}

}
