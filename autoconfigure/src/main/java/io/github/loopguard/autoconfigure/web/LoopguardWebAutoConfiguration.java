package io.github.loopguard.autoconfigure.web;

import io.micrometer.context.ContextRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerMapping;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.runtime.Loopguard;

/**
 * Auto-configuration that adds the route and the trace of the current request to
 * violations.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnClass(HandlerMapping.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "loopguard.enabled", matchIfMissing = true)
public final class LoopguardWebAutoConfiguration {

	private static final String HOOK = "loopguard-request";

	LoopguardWebAutoConfiguration() {
	}

	@Bean
	RequestTracker loopguardRequestTracker() {
		RequestTracker tracker = new RequestTracker();
		tracker.warmUp();
		Loopguard.instance().requestSource(tracker);
		// Once in a JVM, however many contexts there are.
		Schedulers.onScheduleHook(HOOK, ScheduledTask::new);
		return tracker;
	}

	@Bean
	@Conditional(OnRequestChangingFilters.class)
	RequestFilter loopguardRequestFilter() {
		return new RequestFilter();
	}

	/**
	 * Only where Reactor sets thread-locals by itself: an accessor costs each request
	 * some kilobytes, because observations set all thread-locals for each signal.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ContextRegistry.class)
	@ConditionalOnProperty(name = "spring.reactor.context-propagation", havingValue = "auto")
	static class ContextPropagationConfiguration {

		ContextPropagationConfiguration() {
			ContextRegistry.getInstance().registerThreadLocalAccessor(new PropagatedRequestAccessor());
		}

	}

}
