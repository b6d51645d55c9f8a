package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.detect.annotation.AnnotatedClasses;
import io.github.loopguard.detect.turn.TurnWeaver;

/**
 * Weaves hooks into the classes that were loaded before Loopguard was installed.
 */
final class LoadedClassWeaver {

	private static final long SEARCH = TimeUnit.MILLISECONDS.toNanos(20);

	private final Instrumentation instrumentation;

	private final HookPlan plan;

	private final HookWeaver weaver;

	/** Classes loaded before that were not searched for annotations yet. */
	private final Queue<Class<?>> unsearched = new ConcurrentLinkedQueue<>();

	/** Annotated classes that were found and not woven yet. */
	private final Set<Class<?>> found = new HashSet<>();

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
		boolean callSites = !this.plan.callSites().isEmpty();
		Class<?>[] loaded = this.instrumentation.getAllLoadedClasses();
		this.weaver.executors().loaded(loaded);
		Stream.of(loaded).filter(AnnotatedClasses::mayBeAnnotated).forEach(this.unsearched::add);
		weaveThose((type) -> hooked.contains(type.getName()) || this.weaver.isConcerned(type)
				|| TurnWeaver.isWoven(type.getName())
				|| this.weaver.executors().weaves(type.getName().replace('.', '/'))
				|| (type.getClassLoader() != null && applicationPackages.contain(type.getName())
						&& (this.weaver.isAnnotated(type) || (callSites && this.weaver.hasCallSites(type)))));
	}

	/**
	 * Retransforms the classes that have marks or allowances that were added later.
	 */
	void weaveAgain() {
		weaveThose(this.weaver::isConcerned);
	}

	/**
	 * Retransforms annotated classes that were loaded before, some at a time because
	 * their files have to be read, and classes that were defined before the annotated
	 * interfaces that they implement. To be called by one thread, again and again; what
	 * it could not do because of an error, it does when it is called again.
	 */
	void weaveAnnotated() {
		this.found.addAll(this.weaver.annotated().late(this.instrumentation::getAllLoadedClasses));
		long start = System.nanoTime();
		while (!this.unsearched.isEmpty() && System.nanoTime() - start < SEARCH) {
			search(this.unsearched.element());
			this.unsearched.remove();
		}
		if (!this.found.isEmpty()) {
			retransform(this.found.stream().filter(this.instrumentation::isModifiableClass).toArray(Class<?>[]::new));
			this.found.clear();
		}
	}

	/**
	 * Searches a class for annotations. Its loader, which has its file, may throw
	 * anything.
	 */
	private void search(Class<?> type) {
		try {
			if (this.weaver.isAnnotated(type)) {
				this.found.add(type);
			}
		}
		catch (OutOfMemoryError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			this.weaver.failures().add(type.getName(), ex);
		}
	}

	private void weaveThose(Predicate<Class<?>> filter) {
		retransform(Arrays.stream(this.instrumentation.getAllLoadedClasses())
			.filter(this.instrumentation::isModifiableClass)
			.filter((type) -> filter.test(type))
			.toArray(Class<?>[]::new));
	}

	private void retransform(Class<?>[] loaded) {
		try {
			this.instrumentation.retransformClasses(loaded);
		}
		catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError ex) {
			Stream.of(loaded).forEach(this::retransform);
		}
	}

	private void retransform(Class<?> type) {
		try {
			this.instrumentation.retransformClasses(type);
		}
		catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError ex) {
			this.weaver.failures().add(type.getName(), ex);
		}
	}

}
