package io.github.loopguard.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the property that makes no sense, and what to write instead.
 */
final class InvalidExtensionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidExtensionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidExtensionException cause) {
		return new FailureAnalysis("Loopguard: " + cause.getMessage() + ".", cause.remedy(), cause);
	}

}
