package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Policy;

import static java.util.Map.of;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ViolationText}.
 */
class ViolationTextTests {

	private final Ledger ledger = new Ledger(Catalog.shipped());

	@Test
	void namesLoopApiRuleSiteAndFix() {
		OccurrenceCounter tally = this.ledger.tally(finding());
		tally.occurred(1);
		tally.held(1, Duration.ofMillis(80).toNanos());
		assertThat(text()).contains("Blocking call on event loop loop-1: java.nio.file.Files.readString [file-read]")
			.contains("at com.acme.Invoices.render(Invoices.java:42)      ← your code")
			.contains("in GET /invoices/{id}, held the loop for 80 ms")
			.contains("fix: ")
			.doesNotContain("prevented");
	}

	@Test
	void saysThatACallStillBlocks() {
		this.ledger.tally(finding()).occurred(1);
		assertThat(text()).contains("still blocking after");
	}

	@Test
	void saysThatACallWasPrevented() {
		fail();
		OccurrenceCounter tally = this.ledger.tally(finding());
		tally.occurred(1);
		tally.prevented();
		assertThat(text()).contains("        prevented: the call failed");
	}

	@Test
	void saysThatACallWasNotPrevented() {
		fail();
		OccurrenceCounter tally = this.ledger.tally(finding());
		tally.occurred(1);
		tally.heldBack();
		assertThat(text()).contains("        not prevented: an error thrown here could leave");
	}

	@Test
	void saysHowManyWereNotPrevented() {
		fail();
		OccurrenceCounter tally = this.ledger.tally(finding());
		tally.occurred(3);
		tally.heldBack();
		tally.prevented();
		tally.prevented();
		assertThat(text()).contains("        not prevented 1 of 3 times: ");
	}

	@Test
	void saysThatACallWasNotPreventedBeforeThePolicyWasKnown() {
		this.ledger.tally(finding()).occurred(1);
		fail();
		assertThat(text()).contains("        not prevented: it happened before the action was 'fail'");
	}

	@Test
	void formatsDurationsForPeople() {
		assertThat(ViolationText.format(Duration.ofNanos(12_345))).isEqualTo("12 µs");
		assertThat(ViolationText.format(Duration.ofMillis(80))).isEqualTo("80 ms");
		assertThat(ViolationText.format(Duration.ofSeconds(12))).isEqualTo("12 s");
	}

	private void fail() {
		this.ledger.reclassify(new Policy(Catalog.shipped(), of("file-read", of(Origin.APPLICATION, Action.FAIL))),
				(finding) -> finding);
	}

	private String text() {
		return ViolationText.of(this.ledger.violations().get(0), Links.NONE);
	}

	private static Finding finding() {
		return new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null, Origin.APPLICATION,
				new Frame("com.acme.Invoices", "render", "Invoices.java", 42), null, null, List.of(), 0, "loop-1",
				"GET /invoices/{id}", null);
	}

}
