package io.github.loopguard.detect;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Decision;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallPath}.
 */
class CallPathTests {

	private final CallPath opened = path("com.acme.Invoices#render", true, false);

	@Test
	void consumingAtTheSameSiteGoesOnWithTheCall() {
		assertThat(path("com.acme.Invoices#render", false, true).continues(this.opened)).isTrue();
	}

	@Test
	void consumingElsewhereIsACallOfItsOwn() {
		assertThat(path("com.acme.Invoices#total", false, true).continues(this.opened)).isFalse();
		assertThat(path(null, false, true).continues(path(null, true, false))).isFalse();
	}

	@Test
	void anotherCallAtTheSameSiteIsACallOfItsOwn() {
		assertThat(path("com.acme.Invoices#render", false, false).continues(this.opened)).isFalse();
		assertThat(path("com.acme.Invoices#render", true, false).continues(this.opened)).isFalse();
	}

	@Test
	void stepGoesOnWithWhatWasOpenedAndWithTheStepBefore() {
		CallPath step = path("com.acme.Invoices#render", true, true);
		assertThat(step.continues(this.opened)).isTrue();
		assertThat(step.continues(step)).isTrue();
	}

	@Test
	void stepThroughSomethingOfAnotherKindIsACallOfItsOwn() {
		assertThat(path("reactive-block", "com.acme.Invoices#render", true, true).continues(this.opened)).isFalse();
	}

	@Test
	void nothingContinuesNothing() {
		assertThat(path("com.acme.Invoices#render", false, true).continues(null)).isFalse();
	}

	private static CallPath path(String site, boolean lazy, boolean consuming) {
		return path("directory-list", site, lazy, consuming);
	}

	private static CallPath path(String rule, String site, boolean lazy, boolean consuming) {
		return new CallPath(rule, "java.nio.file.Files.list", site, lazy, consuming, false, false,
				new Decision(Action.LOG, Action.LOG, Duration.ZERO, null, null), null, OccurrenceCounter.IGNORED);
	}

}
