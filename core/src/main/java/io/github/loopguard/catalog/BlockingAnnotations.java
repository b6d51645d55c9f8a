package io.github.loopguard.catalog;

import java.util.Map;

/**
 * Annotations by which code says whether it blocks. They are known by name, so that
 * nothing depends on their libraries.
 */
final class BlockingAnnotations {

	/**
	 * Binary names, with whether they say that code blocks.
	 */
	static final Map<String, Boolean> NAMES = Map.of("org.jetbrains.annotations.Blocking", true,
			"org.jetbrains.annotations.NonBlocking", false, "io.smallrye.common.annotation.Blocking", true,
			"io.smallrye.common.annotation.NonBlocking", false, "io.micronaut.core.annotation.Blocking", true,
			"io.micronaut.core.annotation.NonBlocking", false);

	private BlockingAnnotations() {
	}

}
