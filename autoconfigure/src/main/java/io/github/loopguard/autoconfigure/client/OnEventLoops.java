package io.github.loopguard.autoconfigure.client;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/**
 * Matches unless this is a servlet application, in which no event loops are watched.
 */
class OnEventLoops extends NoneNestedConditions {

	OnEventLoops() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class InServletApplication {

	}

}
