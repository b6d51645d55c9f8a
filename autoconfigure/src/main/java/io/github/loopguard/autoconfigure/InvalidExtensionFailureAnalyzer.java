package io.github.loopguard.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the invalid property and a valid value.
 */
final class InvalidExtensionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidExtensionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidExtensionException cause) {
		return new FailureAnalysis("Loopguard: " + cause.getMessage() + ".", cause.remedy(), cause);
	}

}
