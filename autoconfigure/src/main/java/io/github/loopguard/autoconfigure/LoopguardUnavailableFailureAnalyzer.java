package io.github.loopguard.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why an application did not start that must not run without its detectors.
 */
class LoopguardUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<LoopguardUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LoopguardUnavailableException cause) {
		return new FailureAnalysis(
				"Loopguard cannot find every blocking call in this JVM, and loopguard.on-unavailable is 'fail': "
						+ cause.getMessage(),
				"Do what the description says, or set loopguard.on-unavailable=warn to start with what works.", cause);
	}

}
