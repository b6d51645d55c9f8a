package io.github.loopguard.autoconfigure.bridge;

import io.micrometer.context.ContextRegistry;

import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;

/**
 * Lets the locale follow a call into its lane.
 */
final class LocalePropagation {

	private LocalePropagation() {
	}

	/**
	 * Registers the accessor of the locale, unless there is one.
	 * @return its key
	 */
	static Object register() {
		ContextRegistry registry = ContextRegistry.getInstance();
		if (registry.getThreadLocalAccessors()
			.stream()
			.noneMatch((accessor) -> accessor.key().equals(LocaleContextThreadLocalAccessor.KEY))) {
			registry.registerThreadLocalAccessor(new LocaleContextThreadLocalAccessor());
		}
		return LocaleContextThreadLocalAccessor.KEY;
	}

}
