package com.example.requests;

import java.time.Duration;
import java.util.Locale;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.util.ReflectionTestUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests are known without any setting, behind sources that they share only after a
 * hop.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.tracing.sampling.probability=1.0", "logging.level.io.github.loopguard=off" })
class SecuredRequestTests extends RequestTests {

	SecuredRequestTests() {
		super("GET /hopping/{id}");
	}

	@Test
	void templatesOfMustacheAreAllowed() throws Exception {
		assertThat(get("/open/page")).contains("Ada and that is all");
		assertThat(Loopguard.instance().ledger().violations())
			.filteredOn((it) -> it.toString().toLowerCase(Locale.ROOT).contains("mustache"))
			.isEmpty();
		assertThat(Loopguard.instance().ledger().allowed("mustache-open")).isPositive();
	}

	@Test
	void backingOffOfARateLimiterIsAllowed() {
		AtomicRateLimiter limiter = new AtomicRateLimiter("limiter", RateLimiterConfig.ofDefaults());
		Mono.fromRunnable(() -> ReflectionTestUtils.invokeMethod(limiter, "compareAndSet", null, null))
			.subscribeOn(Schedulers.parallel())
			.onErrorComplete()
			.block(Duration.ofSeconds(10));
		assertThat(Loopguard.instance().ledger().allowed("resilience4j-rate-limiter")).isPositive();
	}

}
