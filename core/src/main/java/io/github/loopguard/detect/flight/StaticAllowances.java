package io.github.loopguard.detect.flight;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.allowance.Allowance;

/**
 * What BlockHound lets pass without a word, found on the stacks of events.
 */
final class StaticAllowances {

	private final Supplier<List<Allowance>> source;

	private Map<String, Allowance> byMethod = Map.of();

	/**
	 * Creates a view.
	 * @param source returns the allowances of BlockHound and of other integrations
	 */
	StaticAllowances(Supplier<List<Allowance>> source) {
		this.source = source;
	}

	/**
	 * Looks for allowances that were added.
	 */
	void refresh() {
		List<Allowance> all = this.source.get();
		if (all.size() != this.byMethod.size()) {
			this.byMethod = all.stream()
				.collect(Collectors.toMap(Allowance::method, Function.identity(), (one, other) -> one));
		}
	}

	/**
	 * Returns the allowance of the innermost method that has one, or {@code null} if none
	 * has.
	 * @param stack a stack, from the innermost frame outwards
	 */
	@Nullable Allowance on(List<StackTraceElement> stack) {
		for (StackTraceElement frame : stack) {
			Allowance allowance = this.byMethod.isEmpty() ? null
					: this.byMethod.get(frame.getClassName() + "#" + frame.getMethodName());
			if (allowance != null) {
				return allowance;
			}
		}
		return null;
	}

}
