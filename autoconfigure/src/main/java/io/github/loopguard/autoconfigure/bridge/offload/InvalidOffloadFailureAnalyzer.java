package io.github.loopguard.autoconfigure.bridge.offload;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the method or class that does not support {@code @Offload}, and the remedy.
 */
final class InvalidOffloadFailureAnalyzer extends AbstractFailureAnalyzer<InvalidOffloadException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidOffloadException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
	}

}
