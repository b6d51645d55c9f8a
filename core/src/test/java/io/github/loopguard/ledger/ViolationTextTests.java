package io.github.loopguard.ledger;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static java.util.Map.of;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ViolationText}.
 */
class ViolationTextTests {

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private Policy policy = Policy.defaults(Catalog.shipped());

	@Test
	void namesLoopApiRuleSiteAndFix() {
		OccurrenceCounter counter = counter();
		counter.begun();
		counter.ended(Duration.ofMillis(80).toNanos());
		assertThat(text()).contains("Blocking call on event loop loop-1: java.nio.file.Files.readString [file-read]")
			.contains("at com.acme.Invoices.render(Invoices.java:42)      ← your code")
			.contains("in GET /invoices/{id}, held the loop for 80 ms")
			.contains("fix: ")
			.doesNotContain("prevented");
	}

	@Test
	void saysThatACallStillBlocks() {
		counter().begun();
		assertThat(text()).contains("still blocking after");
	}

	@Test
	void saysThatACallWasPrevented() {
		fail();
		OccurrenceCounter counter = counter();
		counter.begun();
		counter.prevented();
		assertThat(text()).contains("        prevented: the call failed");
	}

	@Test
	void saysThatACallWasNotPrevented() {
		fail();
		OccurrenceCounter counter = counter();
		counter.begun();
		counter.heldBack();
		assertThat(text()).contains("        not prevented: an error thrown here could leave");
	}

	@Test
	void saysHowManyWereNotPrevented() {
		fail();
		OccurrenceCounter counter = counter();
		counter.begun();
		counter.begun();
		counter.begun();
		counter.heldBack();
		counter.prevented();
		counter.prevented();
		assertThat(text()).contains("        not prevented 1 of 3 times: ");
	}

	@Test
	void saysThatACallWasNotPreventedBeforeThePolicyWasKnown() {
		counter().begun();
		fail();
		assertThat(text()).contains("        not prevented: it happened before the action was 'fail'");
	}

	@Test
	void formatsDurationsForPeople() {
		assertThat(ViolationText.format(Duration.ofNanos(12_345))).isEqualTo("12 µs");
		assertThat(ViolationText.format(Duration.ofMillis(80))).isEqualTo("80 ms");
		assertThat(ViolationText.format(Duration.ofSeconds(12))).isEqualTo("12 s");
	}

	@Test
	void isNeitherForgedNorHiddenByNames() {
		String hostile = "\u001b[2J\u202e\u200b\n::error::forged\r\nWARN  Blocking call on event loop x";
		Frame frame = new Frame("com.acme." + hostile, hostile, hostile, 42);
		Finding finding = new Finding("blockhound", "file-read", hostile, null, Origin.APPLICATION, frame, null, null,
				false, CallStack.NONE, "loop-1" + hostile, "GET /" + hostile, null);
		this.ledger.counter(finding, this.policy.decide(finding)).begun();
		assertThat(text()).doesNotContainPattern("[\\u001b\\u202e\\u200b\\r]").doesNotContainPattern("(?m)^\\s*::");
		assertThat(text().lines()).hasSize(5);
		assertThat(text().lines().skip(1)).allMatch((line) -> line.startsWith("        "));
	}

	private void fail() {
		this.policy = new Policy(Catalog.shipped(), of("file-read", of(Origin.APPLICATION, Action.FAIL)));
		this.ledger.revise((finding) -> finding, this.policy::decide);
	}

	private OccurrenceCounter counter() {
		return this.ledger.counter(finding(), this.policy.decide(finding()));
	}

	private String text() {
		return ViolationText.of(this.ledger.violations().get(0), Links.NONE);
	}

	private static Finding finding() {
		return new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null, Origin.APPLICATION,
				new Frame("com.acme.Invoices", "render", "Invoices.java", 42), null, null, false, CallStack.NONE,
				"loop-1", "GET /invoices/{id}", null);
	}

}
