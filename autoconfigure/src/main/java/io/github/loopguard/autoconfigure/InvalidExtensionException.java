package io.github.loopguard.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at start-up when a property that extends Loopguard has an invalid value.
 */
final class InvalidExtensionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	InvalidExtensionException(String property, @Nullable String value, String problem, String remedy) {
		super(property + ((value != null) ? "=" + value : "") + " " + problem);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

}
