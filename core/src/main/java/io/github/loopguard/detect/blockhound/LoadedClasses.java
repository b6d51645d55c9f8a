package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

import io.github.loopguard.ApplicationPackages;

/**
 * Weaves hooks into the classes that were there before Loopguard.
 *
 * @param instrumentation what transforms classes
 * @param plan what is woven where
 * @param weaver weaves the hooks
 */
record LoadedClasses(Instrumentation instrumentation, HookPlan plan, HookWeaver weaver) {

	/**
	 * Transforms the classes again that have hooks or allowances, and those of the
	 * application that call native methods.
	 * @param applicationPackages packages of the application
	 */
	void transform(ApplicationPackages applicationPackages) {
		Set<String> hooked = this.plan.classNames();
		boolean callSites = !this.plan.callSites().isEmpty();
		Class<?>[] loaded = Arrays.stream(this.instrumentation.getAllLoadedClasses())
			.filter(this.instrumentation::isModifiableClass)
			.filter((type) -> hooked.contains(type.getName()) || this.weaver.allows(type.getName())
					|| (callSites && type.getClassLoader() != null && applicationPackages.contain(type.getName())
							&& this.weaver.hasCallSites(type)))
			.toArray(Class<?>[]::new);
		try {
			this.instrumentation.retransformClasses(loaded);
		}
		catch (UnmodifiableClassException | LinkageError | InternalError ex) {
			Stream.of(loaded).forEach(this::transformAlone);
		}
	}

	private void transformAlone(Class<?> type) {
		try {
			this.instrumentation.retransformClasses(type);
		}
		catch (UnmodifiableClassException | LinkageError | InternalError ex) {
			this.weaver.refusals().add(type.getName(), ex);
		}
	}

}
