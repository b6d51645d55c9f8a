package com.example.conformance;

import java.util.List;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Policy;

/**
 * What the loop monitor makes of the stack of a call that a hook saw, if it takes that
 * stack from outside because the call takes too long.
 */
final class Unwoven {

	/**
	 * It has the same rule and the same site.
	 */
	static final String FOUND = "from 100 ms";

	private static final String NOTHING = "–";

	private final OutsideCalls calls;

	Unwoven() {
		Catalog catalog = Catalog.shipped();
		OccurrenceRecorder recorder = new OccurrenceRecorder(catalog, new Ledger(catalog),
				ApplicationPackages.of(List.of(getClass().getPackageName())), Policy.defaults(catalog));
		this.calls = recorder.outside();
	}

	/**
	 * Returns what is found. Frames that the JVM hides are not on a stack that is taken
	 * from outside.
	 * @param operation the operation
	 * @param stack stack of the call
	 */
	String find(Operation operation, List<StackTraceElement> stack) {
		List<StackTraceElement> shown = stack.stream()
			.filter((frame) -> !frame.getClassName().contains("/0x"))
			.toList();
		if (shown.isEmpty()) {
			return NOTHING;
		}
		Finding finding = this.calls.attribute(LoopMonitor.NAME, Thread.currentThread(), shown, null, true, "");
		if (finding.site() == null || !finding.site().methodName().equals(operation.method().getName())) {
			return NOTHING;
		}
		return finding.rule().equals(operation.expectation().rule()) ? FOUND : FOUND + ", as " + finding.rule();
	}

}
