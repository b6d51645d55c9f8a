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

	private static final long PERIOD = 200;

	private static final long SEARCH = TimeUnit.MILLISECONDS.toNanos(20);

	private final Instrumentation instrumentation;

	private final HookPlan plan;

	private final HookWeaver weaver;

	/** Classes loaded before that were not searched for annotations yet. */
	private final Queue<Class<?>> unsearched = new ConcurrentLinkedQueue<>();

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
	 * Weaves annotated classes for the life of the JVM, whatever class loaders throw.
	 */
	void keepWeavingAnnotated() {
		while (true) {
			try {
				Thread.sleep(PERIOD);
				weaveAnnotated();
			}
			catch (Throwable ex) {
				// Neither allocates nor logs: the heap may be full.
			}
		}
	}

	/**
	 * Retransforms annotated classes that were loaded before, some at a time because
	 * their files have to be read, and classes that were defined before the annotated
	 * interfaces that they implement.
	 */
	private void weaveAnnotated() {
		Set<Class<?>> found = new HashSet<>(this.weaver.annotated().late(this.instrumentation::getAllLoadedClasses));
		long start = System.nanoTime();
		while (!this.unsearched.isEmpty() && System.nanoTime() - start < SEARCH) {
			Class<?> type = this.unsearched.remove();
			if (this.weaver.isAnnotated(type)) {
				found.add(type);
			}
		}
		if (!found.isEmpty()) {
			retransform(found.stream().filter(this.instrumentation::isModifiableClass).toArray(Class<?>[]::new));
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
