package io.github.loopguard.autoconfigure.bridge;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the beans that define the same lane, and the remedy.
 */
final class DuplicateLaneFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateLaneException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateLaneException cause) {
		return new FailureAnalysis(cause.getMessage(),
				("Remove one of the LaneSpec beans, or give its lane another name in LaneSpec.named(…). To change"
						+ " the limits that a bean sets, configure loopguard.bridge.lanes.%s.*, which takes precedence.")
					.formatted(cause.lane()),
				cause);
	}

}
