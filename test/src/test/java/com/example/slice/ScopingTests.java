package com.example.slice;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for allowances, expectations and assertions.
 */
class ScopingTests {

	@Test
	void allowancesOfMethods() {
		Kit kit = Kit.run(ScopingCases.Methods.class);
		assertThat(kit.succeeded()).containsExactlyInAnyOrder("allowed()", "allowedThere()");
		assertThat(kit.failures()).containsOnlyKeys("otherRule()", "otherPlace()", "expired()", "unknownRule()",
				"noDate()", "noReason()");
		assertThat(kit.failures().get("otherRule()")).satisfies(NonBlockingTestTests::isFileReadOfTheApplication);
		assertThat(kit.failures().get("otherPlace()")).satisfies(NonBlockingTestTests::isFileReadOfTheApplication);
		assertThat(kit.failures().get("expired()")).satisfies(NonBlockingTestTests::isFileReadOfTheApplication)
			.hasMessageContaining("its allowance expired ")
			.hasMessageContaining(" days ago, owner @orders");
		assertThat(kit.failures().get("unknownRule()")).hasMessageContainingAll("@AllowBlocking of unknownRule()",
				"'file-raed'", "The rules are: ", "file-read");
		assertThat(kit.failures().get("noDate()")).hasMessageContainingAll("@AllowBlocking of noDate()",
				"until = \"next year\"", "year-month-day");
		assertThat(kit.failures().get("noReason()")).hasMessageContaining("empty reason");
	}

	@Test
	void allowanceOfAClassHoldsForItsTests() {
		Kit kit = Kit.run(ScopingCases.All.class);
		assertThat(kit.succeeded()).containsExactly("allowed()");
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void expectations() {
		Kit kit = Kit.run(ScopingCases.Expectations.class);
		assertThat(kit.succeeded()).containsExactly("expected()");
		assertThat(kit.failures().get("otherRule()")).satisfies(NonBlockingTestTests::isFileReadOfTheApplication)
			.hasMessageContaining("otherRule() was expected to block an event loop by [sleep], which it did not. "
					+ "It blocked an event loop:");
		assertThat(kit.failures().get("nothing()"))
			.hasMessageContaining("was expected to block an event loop by [file-read], but nothing has blocked");
	}

	@Test
	void assertionsAndScopes() {
		Kit kit = Kit.run(ScopingCases.Parameters.class);
		assertThat(kit.succeeded()).containsExactlyInAnyOrder("none(BlockingViolations)",
				"accepted(BlockingViolations)", "atMostOne(BlockingViolations)", "scope(BlockingViolations)");
		assertThat(kit.failures()).containsOnlyKeys("noneButOne(BlockingViolations)",
				"acceptedOnceButDoneTwice(BlockingViolations)", "tooOften(BlockingViolations)",
				"elsewhere(BlockingViolations)", "notAtAll(BlockingViolations)", "afterScope(BlockingViolations)");
		assertThat(kit.failures().get("tooOften(BlockingViolations)"))
			.hasMessageContaining("Expected [file-read] at most 1 times, not 2:");
		assertThat(kit.failures().get("elsewhere(BlockingViolations)"))
			.hasMessageContaining("Expected [file-read] at com.example.slice.ReactorCase, but");
		assertThat(kit.failures().get("notAtAll(BlockingViolations)"))
			.hasMessageContaining("Expected a violation of [file-read], but nothing has blocked");
	}

}
