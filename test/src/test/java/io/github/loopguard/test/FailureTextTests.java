package io.github.loopguard.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.Held;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.test.FailureText.Failing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureText}.
 */
class FailureTextTests {

	private static final String HOSTILE = "\u001b[2J\u202e\u200b\n::error::forged\r";

	@Test
	void isNeitherForgedNorHiddenByNames() {
		Site site = new Site("com.acme." + HOSTILE, HOSTILE, HOSTILE, 42, Map.of("42", 1L));
		Violation violation = new Violation("3fa9c1d2e4b7", "file-read", HOSTILE, List.of("blockhound"),
				Origin.APPLICATION, Action.LOG, null, null, site, null, null, 2, Instant.EPOCH, Instant.EPOCH, 0, 0,
				new Held(1, Duration.ofMillis(20), Duration.ofMillis(20), null), new Waited(null), List.of(HOSTILE),
				HOSTILE, null, "docs", HOSTILE);
		String text = FailureText.of("renders(" + HOSTILE + ") blocked an event loop:",
				List.of(new Failing(violation, "its entry expired, owner " + HOSTILE)), 0);
		assertThat(text).contains("Blocking call on event loop", "or add to the baseline: { ", "2 times", "owner ")
			.doesNotContainPattern("[\u001b\u202e\u200b\r]")
			.doesNotContainPattern("(?m)^\\s*::");
	}

}
