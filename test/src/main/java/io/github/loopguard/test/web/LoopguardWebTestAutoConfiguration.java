package io.github.loopguard.test.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.webtestclient.autoconfigure.WebTestClientBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * Auto-configuration that attributes the requests of a web application to the tests that
 * send them.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnClass(ExchangeFilterFunction.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class LoopguardWebTestAutoConfiguration {

	LoopguardWebTestAutoConfiguration() {
	}

	@Bean
	TestRequests loopguardTestRequests() {
		return new TestRequests();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebTestClientBuilderCustomizer.class)
	static class WebTestClientConfiguration {

		@Bean
		WebTestClientBuilderCustomizer loopguardWebTestClientBuilderCustomizer(TestRequests requests) {
			return (builder) -> builder.filter(requests);
		}

	}

}
