package io.github.loopguard.detect.blockhound;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WeavingFailures}.
 */
class WeavingFailuresTests {

	private final WeavingFailures failures = new WeavingFailures();

	@Test
	void returnsTheReasonForAClass() {
		this.failures.add("com.acme.Odd", new IllegalStateException("no frames"));
		assertThat(this.failures.reason("com.acme.Odd")).isEqualTo("java.lang.IllegalStateException: no frames");
		assertThat(this.failures.problems())
			.containsExactly("could not instrument com.acme.Odd (java.lang.IllegalStateException: no frames)");
	}

	@Test
	void countsFailuresBeyondTheLimit() {
		for (int i = 0; i < 150; i++) {
			this.failures.add("com.acme.Odd" + i, new IllegalStateException("no frames"));
		}
		assertThat(this.failures.problems()).hasSize(101).last().isEqualTo("could not instrument 50 more classes");
		assertThat(this.failures.reason("com.acme.Odd120")).isNull();
	}

}
