package io.github.loopguard.detect;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PolicyVersion}.
 */
class PolicyVersionTests {

	private final Catalog catalog = Catalog.shipped();

	private final Hook reading = hook("file-read");

	private final Hook sleeping = hook("sleep");

	@Test
	void onlyCallsOfARuleThatMayFailMayHaveToBePrevented() {
		PolicyVersion version = version(Map.of("sleep", Map.of(Origin.APPLICATION, Action.FAIL)));
		assertThat(version.mayPrevent(this.sleeping, this.sleeping)).isTrue();
		assertThat(version.mayPrevent(this.sleeping, this.reading)).isTrue();
		assertThat(version.mayPrevent(this.reading, this.sleeping)).isTrue();
		assertThat(version.mayPrevent(this.reading, this.reading)).isFalse();
	}

	@Test
	void noCallHasToBePreventedWithoutARuleThatFails() {
		assertThat(version(Map.of()).mayPrevent(this.sleeping, this.sleeping)).isFalse();
	}

	private PolicyVersion version(Map<String, Map<Origin, Action>> configured) {
		return PolicyVersion.of(this.catalog, ApplicationPackages.NONE, new Policy(this.catalog, configured));
	}

	private Hook hook(String rule) {
		return this.catalog.hooks().stream().filter((hook) -> hook.rule().equals(rule)).findFirst().orElseThrow();
	}

}
