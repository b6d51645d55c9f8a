package io.github.loopguard.detect.blockhound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.annotation.AnnotatedClasses;
import io.github.loopguard.detect.stack.MethodReferences;

/**
 * Which hooks are live and which are missing. Hooks of libraries become live as their
 * classes are loaded.
 */
final class HookInventory {

	private final List<Hook> hooks;

	private final HookPlan plan;

	private final HookWeaver weaver;

	HookInventory(List<Hook> hooks, HookPlan plan, HookWeaver weaver) {
		this.hooks = hooks;
		this.plan = plan;
		this.weaver = weaver;
	}

	/**
	 * Returns the number of hooks of a rule that are woven, or will be as soon as their
	 * JDK class is loaded.
	 */
	int live(String rule) {
		return (int) (IntStream.range(0, this.hooks.size())
			.filter((id) -> this.hooks.get(id).rule().equals(rule) && isLive(id))
			.count() + annotated(rule).filter((hook) -> failure(hook) == null).count());
	}

	/**
	 * Returns the hooks of a rule that this JDK should have and lacks, with the reason.
	 */
	Map<String, String> missing(String rule) {
		Map<String, String> missing = new LinkedHashMap<>();
		this.plan.missing().forEach((hook, reason) -> {
			if (hook.rule().equals(rule)) {
				missing.put(hook.toString(), reason);
			}
		});
		Stream.concat(this.hooks.stream().filter((hook) -> hook.rule().equals(rule)), annotated(rule))
			.forEach((hook) -> {
				String failure = failure(hook);
				if (failure != null) {
					missing.put(hook.toString(), failure);
				}
			});
		if (rule.equals(Catalog.MARKED_BLOCKING)) {
			missing.putAll(this.weaver.annotated().hooks().missing());
		}
		return missing;
	}

	/**
	 * Returns one sentence for each missing hook and each class that could not be woven.
	 */
	List<String> problems() {
		List<String> problems = new ArrayList<>();
		this.plan.missing().forEach((hook, reason) -> problems.add("no hook for " + hook + " (" + reason + ")"));
		problems.addAll(this.weaver.failures().problems());
		if (MethodReferences.others() > 0) {
			problems.add("the sites of method references in " + MethodReferences.others()
					+ " classes are not known, because there are too many such classes");
		}
		AnnotatedClasses annotated = this.weaver.annotated();
		if (annotated.hooks().dropped() > 0) {
			problems.add("no hook for " + annotated.hooks().dropped() + " annotated methods (too many)");
		}
		if (annotated.dropped() > 0) {
			problems.add("no hooks in " + annotated.dropped() + " annotated classes (too many)");
		}
		return problems;
	}

	private Stream<Hook> annotated(String rule) {
		return rule.equals(Catalog.MARKED_BLOCKING) ? this.weaver.annotated().hooks().all().stream() : Stream.empty();
	}

	private @Nullable String failure(Hook hook) {
		return this.weaver.failures().reason(hook.className());
	}

	private boolean isLive(int id) {
		Hook hook = this.hooks.get(id);
		if (hook.availability().library()) {
			return this.weaver.isWoven(id);
		}
		return !this.plan.missing().containsKey(hook) && failure(hook) == null && this.plan.isPlanned(id);
	}

}
