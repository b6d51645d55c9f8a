package io.github.loopguard.autoconfigure.endpoint;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Sums;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShownLedger}.
 */
class ShownLedgerTests {

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private final Policy policy = Policy.defaults(Catalog.shipped());

	@Test
	void shownIsNoMoreThanTheLimitAndNoCountIsLost() {
		this.ledger.settings(new LedgerSettings(2, 20, Duration.ofSeconds(1)));
		occur("first", 3);
		long now = System.currentTimeMillis();
		while (System.currentTimeMillis() == now) {
			Thread.onSpinWait();
		}
		occur("second", 1);
		occur("third", 2);
		assertThat(this.ledger.violations()).as("the eviction is still to come").hasSize(3);
		ShownLedger shown = ShownLedger.of(this.ledger);
		assertThat(shown.violations()).extracting((it) -> it.site().methodName())
			.containsExactlyInAnyOrder("second", "third");
		Sums totals = shown.totals();
		assertThat(totals.violations()).isEqualTo(2);
		assertThat(totals.evicted()).isEqualTo(1);
		assertThat(totals.dropped()).isEqualTo(3);
		assertThat(shown.violations().stream().mapToLong(Violation::count).sum() + totals.dropped())
			.isEqualTo(totals.occurrences());
	}

	private void occur(String method, int times) {
		Frame site = new Frame("com.acme.Invoices", method, "Invoices.java", 7);
		Finding finding = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null,
				Origin.APPLICATION, site, site, null, false, CallStack.NONE, "loop-1", null, null);
		for (int i = 0; i < times; i++) {
			this.ledger.counter(finding, this.policy.decide(finding)).begun();
		}
	}

}
