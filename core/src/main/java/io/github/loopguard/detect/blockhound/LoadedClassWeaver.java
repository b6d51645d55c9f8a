package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.detect.annotation.AnnotatedClasses;
import io.github.loopguard.detect.installation.MarkPlan;
import io.github.loopguard.detect.stack.OwnClasses;
import io.github.loopguard.detect.turn.TurnWeaver;

/**
 * Weaves hooks into the classes that were loaded before Loopguard was installed.
 */
final class LoadedClassWeaver {

	private static final long SEARCH = TimeUnit.MILLISECONDS.toNanos(20);

	private final Instrumentation instrumentation;

	private final HookPlan plan;

	private final HookWeaver weaver;

	/** Classes loaded before whose files were not searched yet. */
	private final Queue<Class<?>> unsearched = new ConcurrentLinkedQueue<>();

	/** Annotated classes that were found and not woven yet. */
	private final Set<Class<?>> found = new HashSet<>();

	/** Those with calls of hooked native methods, which are woven together. */
	private final Set<Class<?>> callers = new HashSet<>();

	LoadedClassWeaver(Instrumentation instrumentation, HookPlan plan, HookWeaver weaver) {
		this.instrumentation = instrumentation;
		this.plan = plan;
		this.weaver = weaver;
	}

	/**
	 * Retransforms the classes that have hooks or allowances, and those of the
	 * application that call hooked native methods or are annotated. Where the classes
	 * cannot be retransformed together, one after the other; classes that fail are noted
	 * as {@link HookWeaver#failures() failures}.
	 */
	void weave(ApplicationPackages applicationPackages) {
		Set<String> hooked = this.plan.classNames();
		Class<?>[] loaded = this.instrumentation.getAllLoadedClasses();
		this.weaver.executors().loaded(loaded);
		Stream.of(loaded)
			.filter((type) -> AnnotatedClasses.mayBeAnnotated(type) || mayHaveCallSites(type))
			.forEach(this.unsearched::add);
		weaveThose((type) -> hooked.contains(type.getName()) || isConcerned(type) || TurnWeaver.isWoven(type.getName())
				|| this.weaver.executors().weaves(type.getName().replace('.', '/'))
				|| (this.plan.isNativeCaller(type.getName()) && hasCallSites(type))
				|| (type.getClassLoader() != null && applicationPackages.contain(type.getName())
						&& (isAnnotated(type, ParameterNames.classfile(type))
								|| (mayHaveCallSites(type) && hasCallSites(type)))));
	}

	/**
	 * Retransforms the classes that have marks or allowances that were added later.
	 */
	void weaveAgain() {
		weaveThose(this::isConcerned);
	}

	/**
	 * Retransforms annotated classes that were loaded before, some at a time because
	 * their files have to be read, and classes that were defined before the annotated
	 * interfaces that they implement. Those that call hooked native methods come last and
	 * together, because the JVM stands still meanwhile. To be called by one thread, again
	 * and again; what it could not do because of an error, it does when it is called
	 * again.
	 */
	void weaveAnnotated() {
		this.found.addAll(this.weaver.annotated().late(this.instrumentation::getAllLoadedClasses));
		long start = System.nanoTime();
		while (!this.unsearched.isEmpty() && System.nanoTime() - start < SEARCH) {
			search(this.unsearched.element());
			this.unsearched.remove();
		}
		if (this.unsearched.isEmpty()) {
			this.found.addAll(this.callers);
			this.callers.clear();
		}
		if (!this.found.isEmpty()) {
			retransform(this.found.stream().filter(this.instrumentation::isModifiableClass).toArray(Class<?>[]::new));
			this.found.clear();
		}
	}

	/**
	 * Searches the file of a class. Its loader, which has it, may throw anything.
	 */
	private void search(Class<?> type) {
		try {
			byte[] compiled = ParameterNames.classfile(type);
			if (isAnnotated(type, compiled)) {
				this.found.add(type);
			}
			else if (compiled != null && mayHaveCallSites(type) && this.weaver.hasCallSites(compiled)) {
				this.callers.add(type);
			}
		}
		catch (OutOfMemoryError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			this.weaver.failures().add(type.getName(), ex);
		}
	}

	/**
	 * Returns whether a loaded class has marks, allowances or calls of native methods
	 * that are marked. Class files of the JDK are not searched, because it is known which
	 * of its classes make such calls.
	 */
	private boolean isConcerned(Class<?> type) {
		MarkPlan marks = this.weaver.marks();
		return this.weaver.hasAllowances(type.getName()) || marks.concerns(type.getName().replace('.', '/'))
				|| (marks.isCalledFromOutside() && isOutside(type) && hasCallSites(type));
	}

	/**
	 * Returns whether a loaded class may call hooked native methods.
	 */
	private boolean mayHaveCallSites(Class<?> type) {
		return !(this.plan.callSites().isEmpty() && this.weaver.marks().calls().isEmpty()) && isOutside(type)
				&& !type.isHidden() && !type.isArray() && !Proxy.isProxyClass(type)
				&& !OwnClasses.isOwn(type.getName());
	}

	private static boolean isOutside(Class<?> type) {
		return type.getClassLoader() != null && type.getClassLoader() != ClassLoader.getPlatformClassLoader();
	}

	/**
	 * Returns whether a loaded class calls hooked native methods; {@code true} where its
	 * class file cannot be read.
	 */
	private boolean hasCallSites(Class<?> type) {
		byte[] compiled = ParameterNames.classfile(type);
		return compiled == null || this.weaver.hasCallSites(compiled);
	}

	/**
	 * Returns whether a class that was loaded before has annotated methods, by its class
	 * file.
	 */
	private boolean isAnnotated(Class<?> type, byte @Nullable [] compiled) {
		try {
			return compiled != null && AnnotatedClasses.mayBeAnnotated(type)
					&& this.weaver.annotated().isAnnotated(type, compiled);
		}
		catch (RuntimeException | LinkageError ex) {
			// Its file is not what was loaded, so it says nothing about the class.
			return false;
		}
	}

	private void weaveThose(Predicate<Class<?>> filter) {
		retransform(Arrays.stream(this.instrumentation.getAllLoadedClasses())
			.filter(this.instrumentation::isModifiableClass)
			.filter((type) -> filter.test(type))
			.toArray(Class<?>[]::new));
	}

	/**
	 * Retransforms classes together, except for those that may not link, which would make
	 * all fail.
	 */
	private void retransform(Class<?>[] loaded) {
		List<Class<?>> linked = Stream.of(loaded).filter(LoadedClassWeaver::isLinked).toList();
		List<Class<?>> others = new ArrayList<>(List.of(loaded));
		others.removeAll(Set.copyOf(linked));
		linked.forEach(this::prepare);
		try {
			this.instrumentation.retransformClasses(linked.toArray(Class<?>[]::new));
		}
		catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError ex) {
			others.addAll(linked);
		}
		others.forEach(this::retransform);
	}

	private void prepare(Class<?> type) {
		byte[] compiled = mayHaveCallSites(type) ? ParameterNames.classfile(type) : null;
		if (compiled == null) {
			return;
		}
		try {
			this.weaver.prepare(type, compiled);
		}
		catch (RuntimeException | LinkageError ex) {
			this.weaver.failures().add(type.getName(), ex);
		}
	}

	private void retransform(Class<?> type) {
		try {
			this.instrumentation.retransformClasses(type);
		}
		catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError ex) {
			if (isLinked(type)) {
				this.weaver.failures().add(type.getName(), ex);
			}
		}
	}

	/**
	 * Returns whether a class has all that it needs. One that does not link, because it
	 * is for an absent library, cannot run, either. Its loader may throw anything.
	 */
	private static boolean isLinked(Class<?> type) {
		try {
			return type.getClassLoader() == null || type.getDeclaredConstructors().length >= 0;
		}
		catch (OutOfMemoryError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			return false;
		}
	}

}
