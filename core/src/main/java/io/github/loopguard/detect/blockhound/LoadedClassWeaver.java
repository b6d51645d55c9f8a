package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.detect.turn.TurnWeaver;

/**
 * Weaves hooks into the classes that were loaded before Loopguard was installed.
 */
final class LoadedClassWeaver {

	private final Instrumentation instrumentation;

	private final HookPlan plan;

	private final HookWeaver weaver;

	LoadedClassWeaver(Instrumentation instrumentation, HookPlan plan, HookWeaver weaver) {
		this.instrumentation = instrumentation;
		this.plan = plan;
		this.weaver = weaver;
	}

	/**
	 * Retransforms the classes that have hooks or allowances, and those of the
	 * application that call hooked native methods. Where the classes cannot be
	 * retransformed together, one after the other; classes that fail are noted as
	 * {@link HookWeaver#failures() failures}.
	 */
	void weave(ApplicationPackages applicationPackages) {
		Set<String> hooked = this.plan.classNames();
		boolean callSites = !this.plan.callSites().isEmpty();
		this.weaver.executors().loaded(this.instrumentation.getAllLoadedClasses());
		weaveThose((type) -> hooked.contains(type.getName()) || this.weaver.isConcerned(type)
				|| TurnWeaver.isWoven(type.getName())
				|| this.weaver.executors().weaves(type.getName().replace('.', '/'))
				|| (callSites && type.getClassLoader() != null && applicationPackages.contain(type.getName())
						&& this.weaver.hasCallSites(type)));
	}

	/**
	 * Retransforms the classes that have marks or allowances that were added later.
	 */
	void weaveAgain() {
		weaveThose(this.weaver::isConcerned);
	}

	private void weaveThose(Predicate<Class<?>> filter) {
		Class<?>[] loaded = Arrays.stream(this.instrumentation.getAllLoadedClasses())
			.filter(this.instrumentation::isModifiableClass)
			.filter((type) -> filter.test(type))
			.toArray(Class<?>[]::new);
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
