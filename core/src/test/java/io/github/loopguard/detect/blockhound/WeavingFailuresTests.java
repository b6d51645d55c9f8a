package io.github.loopguard.detect.blockhound;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WeavingFailures}.
 */
class WeavingFailuresTests {

	private final WeavingFailures refusals = new WeavingFailures();

	@Test
	void remembersWhatWasWrong() {
		this.refusals.add("com.acme.Odd", new IllegalStateException("no frames"));
		assertThat(this.refusals.reason("com.acme.Odd")).isEqualTo("java.lang.IllegalStateException: no frames");
		assertThat(this.refusals.problems())
			.containsExactly("could not instrument com.acme.Odd (java.lang.IllegalStateException: no frames)");
	}

	@Test
	void countsWhatFindsNoPlace() {
		for (int i = 0; i < 150; i++) {
			this.refusals.add("com.acme.Odd" + i, new IllegalStateException("no frames"));
		}
		assertThat(this.refusals.problems()).hasSize(101).last().isEqualTo("could not instrument 50 more classes");
		assertThat(this.refusals.reason("com.acme.Odd120")).isNull();
	}

}
