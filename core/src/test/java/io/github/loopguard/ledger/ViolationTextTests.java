package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Waited;
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
	void saysWhatWaited() {
		OccurrenceCounter counter = counter();
		counter.begun();
		counter.ended(Duration.ofMillis(80).toNanos());
		assertThat(text()).doesNotContain("made");
		waited(counter).add(new Waited(3L, 411L, true, List.of(new Waited.Route("GET /orders", null)), null,
				Duration.ofSeconds(17), of()));
		waited(counter).add(new Waited(null, 1L, true, List.of(new Waited.Route("GET /carts", null)), null,
				Duration.ofSeconds(1), of("read", 2L)));
		assertThat(text())
			.contains("made 412 requests and 3 queued tasks wait, at most 18 s in all: GET /orders, GET /carts")
			.contains("made client calls time out: 2 × read; the event loop stood still");
	}

	@Test
	void isHeldBackForAMomentWhileWhatWaitsIsCounted() {
		OccurrenceCounter counter = counter();
		counter.begun();
		counter.ended(Duration.ofMillis(80).toNanos());
		waited(counter).countsFor(Duration.ofMinutes(1).toNanos());
		assertThat(waited(counter).areCounting()).isTrue();
		waited(counter).add(new Waited(3L));
		assertThat(waited(counter).areCounting()).isFalse();
		waited(counter).countsFor(0);
		assertThat(waited(counter).areCounting()).isFalse();
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

	private static WaitedCounters waited(OccurrenceCounter counter) {
		return Objects.requireNonNull(counter.violation()).waited();
	}

}
