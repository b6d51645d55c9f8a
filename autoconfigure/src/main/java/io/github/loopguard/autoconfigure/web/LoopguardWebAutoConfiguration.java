package io.github.loopguard.autoconfigure.web;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.reactive.HandlerMapping;

import io.github.loopguard.autoconfigure.LoopguardProperties;
import io.github.loopguard.detect.DetectorStatus;
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

	private static final String PROPERTIES = "loopguard-" + LoopguardProperties.class.getName();

	LoopguardWebAutoConfiguration() {
	}

	/**
	 * Tells the loop monitor about requests also where it is off, because it may be
	 * switched on. Asks for beans by their names: looking for a type takes milliseconds
	 * of a start.
	 */
	@Bean
	RequestTracker loopguardRequestTracker(BeanFactory beans) {
		return new RequestTracker(isDetecting(), beans.containsBean(PROPERTIES),
				beans.containsBean("loopguardObservationEvents"));
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "loopguard.observation-events", matchIfMissing = true)
	BlockedRequest.Teller loopguardObservationEvents() {
		return new BlockedRequest.Teller();
	}

	@Bean
	@Conditional(OnRequestChangingFilters.class)
	RequestFilter loopguardRequestFilter() {
		return new RequestFilter(isDetecting());
	}

	@Bean
	@ConditionalOnClass(name = "io.micrometer.context.ContextRegistry")
	@ConditionalOnProperty(name = "spring.reactor.context-propagation", havingValue = "auto")
	RequestPropagation loopguardRequestPropagation() {
		return new RequestPropagation(isDetecting());
	}

	/**
	 * Returns whether something may ask for requests.
	 */
	private static boolean isDetecting() {
		return Loopguard.instance().detectors().stream().anyMatch(DetectorStatus::isWorking);
	}

}
