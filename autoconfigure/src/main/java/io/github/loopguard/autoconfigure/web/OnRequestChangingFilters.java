package io.github.loopguard.autoconfigure.web;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Matches if a request's way to its handler may lead through a cache, or if another
 * request may take its place on that way.
 */
class OnRequestChangingFilters extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Filters that change requests");
		if (ClassUtils.isPresent("org.springframework.security.web.server.WebFilterChainProxy",
				context.getClassLoader())) {
			return ConditionOutcome.match(message.foundExactly("Spring Security"));
		}
		if ("framework".equalsIgnoreCase(context.getEnvironment().getProperty("server.forward-headers-strategy"))) {
			return ConditionOutcome.match(message.foundExactly("server.forward-headers-strategy=framework"));
		}
		return ConditionOutcome.noMatch(message.didNotFind("any").atAll());
	}

}
