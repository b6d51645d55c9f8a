package io.github.loopguard.autoconfigure.endpoint;

import java.util.List;
import java.util.Optional;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.loopguard.autoconfigure.LoopguardProfile;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Application;
import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.ledger.Links;
import io.github.loopguard.runtime.Loopguard;

/**
 * Auto-configuration for the {@code blocking} endpoint. Active even if Loopguard is
 * disabled, to show that status.
 *
 * @since 0.1
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration")
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class BlockingEndpointAutoConfiguration {

	BlockingEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	Links blockingLinks(Optional<PathMappedEndpoints> endpoints, Environment environment) {
		String path = endpoints.map((it) -> it.getPath(EndpointId.of("blocking"))).orElse(null);
		return new EndpointLinks(environment).of(path);
	}

	@Bean
	SwitchAudit loopguardSwitchAudit(ApplicationEventPublisher publisher) {
		return new SwitchAudit(Loopguard.instance().switches(), publisher);
	}

	@Bean
	static LazyInitializationExcludeFilter loopguardSwitchAuditLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(SwitchAudit.class);
	}

	@Bean
	@ConditionalOnAvailableEndpoint(BlockingEndpoint.class)
	SwitchInvokerAdvisor loopguardSwitchInvokerAdvisor() {
		return new SwitchInvokerAdvisor();
	}

	@Bean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnMissingBean
	BlockingEndpoint blockingEndpoint(Environment environment, ObjectProvider<BlockingBridge> bridge) {
		Application application = new Application(environment.getProperty("spring.application.name"),
				environment.getProperty("spring.application.version"), environment.getProperty("HOSTNAME"));
		return new BlockingEndpoint(Loopguard.instance(), application, LoopguardProfile.of(environment),
				environment.getProperty("loopguard.enabled", Boolean.class, true),
				() -> bridge.stream().findFirst().map(BlockingBridge::lanes).orElse(List.of()));
	}

}
