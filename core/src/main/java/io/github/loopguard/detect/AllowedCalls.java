package io.github.loopguard.detect;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Frame;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.detect.ClassProfile.Kind;
import io.github.loopguard.detect.StackReader.Seen;
import io.github.loopguard.detect.StackReader.Stack;

/**
 * Matches allowances against a stack that was read.
 *
 * @param allowances what is allowed
 */
record AllowedCalls(Allowances allowances) {

	/**
	 * Tells whether a method of the application is among those allowed, so that callers
	 * of a site matter.
	 */
	boolean concern(ApplicationPackages applicationPackages) {
		return this.allowances.all().stream().anyMatch((it) -> applicationPackages.contain(it.className()));
	}

	/**
	 * Finds the innermost method that may block: one that made the call, or one of the
	 * application's that called it. What stands beyond a control inversion or, unless it
	 * is the application's own, beyond the site made no call, so it allows nothing.
	 */
	@Nullable Allowance find(Stack stack) {
		for (Seen frame : stack.walked()) {
			Allowance allowance = find(frame);
			if (allowance != null) {
				return allowance;
			}
		}
		List<Seen> callers = stack.callers();
		for (Seen frame : callers) {
			Allowance allowance = (frame.kind() == Kind.APPLICATION) ? find(frame) : null;
			if (allowance != null) {
				return allowance;
			}
		}
		return null;
	}

	private @Nullable Allowance find(Seen frame) {
		StackTraceElement element = frame.element();
		if (!this.allowances.concern(element.getClassName())) {
			return null;
		}
		Allowance allowance = this.allowances.find(element.getClassName(), element.getMethodName());
		if (allowance != null) {
			return allowance;
		}
		Frame written = FrameNames.of(element);
		return this.allowances.find(written.className(), written.methodName());
	}

}
