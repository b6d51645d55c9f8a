package io.github.loopguard.autoconfigure.bridge;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which method {@code @Offload} cannot work on, and what to do.
 */
final class InvalidOffloadFailureAnalyzer extends AbstractFailureAnalyzer<InvalidOffloadException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidOffloadException cause) {
		return new FailureAnalysis(cause.description(), cause.remedy(), cause);
	}

}
