package io.github.loopguard.autoconfigure.web;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Matches if a request's way to its handler may lead through a cache, or if another
 * request may take its place on that way.
 */
class OnRequestChangingFilters extends AnyNestedCondition {

	OnRequestChangingFilters() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnClass(name = "org.springframework.security.web.server.WebFilterChainProxy")
	static class WithSpringSecurity {

	}

	@ConditionalOnProperty(name = "server.forward-headers-strategy", havingValue = "framework")
	static class WithForwardedHeaders {

	}

}
