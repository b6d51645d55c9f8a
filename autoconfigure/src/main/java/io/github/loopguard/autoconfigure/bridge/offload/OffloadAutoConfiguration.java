package io.github.loopguard.autoconfigure.bridge.offload;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.bridge.BlockingBridge;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@code @Offload}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = BridgeAutoConfiguration.class)
public final class OffloadAutoConfiguration {

	OffloadAutoConfiguration() {
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static OffloadPostProcessor offloadPostProcessor(ObjectProvider<BlockingBridge> bridge) {
		return new OffloadPostProcessor(bridge);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RequestMappingHandlerAdapter.class)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class WebFluxConfiguration {

		@Bean
		OffloadHandlerAdapter offloadHandlerAdapter(BlockingBridge bridge,
				ObjectProvider<RequestMappingHandlerAdapter> original,
				ObjectProvider<RequestMappingHandlerMapping> mappings, ConfigurableApplicationContext context) {
			return new OffloadHandlerAdapter(bridge, original, mappings, context);
		}

	}

}
