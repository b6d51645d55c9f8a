package io.github.loopguard.autoconfigure.bridge;

import io.github.loopguard.bridge.InvalidLaneException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the property of a lane with an invalid value, and the remedy.
 */
final class InvalidLaneFailureAnalyzer extends AbstractFailureAnalyzer<InvalidLaneException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidLaneException cause) {
		String property = "loopguard.bridge.lanes." + cause.lane();
		if (!cause.option().equals("name")) {
			property += "." + cause.option();
		}
		return new FailureAnalysis(
				"The lane '%s' of the BlockingBridge cannot be created: %s=%s %s.".formatted(cause.lane(), property,
						cause.value(), cause.reason()),
				"For %s: %s. (Or in the LaneSpec bean of that name.)".formatted(property, cause.remedy()), cause);
	}

}
