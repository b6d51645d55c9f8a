package io.github.loopguard.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why an application that requires its detectors did not start.
 */
class LoopguardUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<LoopguardUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LoopguardUnavailableException cause) {
		return new FailureAnalysis(
				"Loopguard cannot find every blocking call in this JVM, and loopguard.on-unavailable is 'fail': "
						+ cause.getMessage(),
				"Follow the description, or set loopguard.on-unavailable=warn to start with reduced detection.", cause);
	}

}
