package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import io.github.loopguard.bridge.BlockingBridge;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The locale and the security context of a request, seen by blocking code.
 */
class BridgeContextTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final ReactiveWebApplicationContextRunner contextRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class, BridgeWebFluxAutoConfiguration.class));

	@Test
	void theLocaleOfTheRequestReachesBlockingCode() {
		this.contextRunner.run((context) -> {
			AtomicReference<Locale> seen = new AtomicReference<>();
			filter(context.getBean(BridgeWebFilter.class), (exchange) -> context.getBean(BlockingBridge.class)
				.run(() -> seen.set(LocaleContextHolder.getLocale())));
			assertThat(seen).hasValue(Locale.CANADA_FRENCH);
		});
	}

	@Test
	void theUserOfTheRequestReachesBlockingCode() {
		this.contextRunner.run((context) -> {
			AtomicReference<String> seen = new AtomicReference<>();
			WebFilter security = context.getBean(SecurityContextWebFilter.class);
			filter((exchange, chain) -> security.filter(exchange, chain)
				.contextWrite(ReactiveSecurityContextHolder
					.withAuthentication(new TestingAuthenticationToken("anna", "secret"))),
					(exchange) -> context.getBean(BlockingBridge.class)
						.run(() -> seen.set(SecurityContextHolder.getContext().getAuthentication().getName())));
			assertThat(seen).hasValue("anna");
		});
	}

	@Test
	void aRequestWithoutAUserGoesOn() {
		this.contextRunner.run((context) -> {
			AtomicReference<Object> seen = new AtomicReference<>("none");
			filter(context.getBean(SecurityContextWebFilter.class), (exchange) -> context.getBean(BlockingBridge.class)
				.run(() -> seen.set(SecurityContextHolder.getContext().getAuthentication())));
			assertThat(seen).hasValue(null);
		});
	}

	@Test
	void worksWithoutSpringSecurity() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasSingleBean(BridgeWebFilter.class)
				.doesNotHaveBean(SecurityContextWebFilter.class));
	}

	private static void filter(WebFilter filter, WebFilterChain chain) {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.get("/").acceptLanguageAsLocales(Locale.CANADA_FRENCH));
		StepVerifier.create(filter.filter(exchange, chain)).expectComplete().verify(SOON);
	}

}
