package io.github.loopguard.ledger;

import java.lang.ref.WeakReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An entry whose violation got another key is kept only for moments.
 */
class ReplacedEntryTests {

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private final Policy policy = Policy.defaults(Catalog.shipped());

	@Test
	void entryThatWasReplacedIsGivenUp() {
		WeakReference<ViolationEntry> replaced = occur();
		this.ledger.revise((finding) -> finding.withSite(new Frame("com.acme.Shop", "list", "Shop.java", 7)),
				this.policy::decide);
		for (int i = 0; i < 10; i++) {
			this.ledger.evict();
		}
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(replaced.get()).isNull();
		});
		assertThat(this.ledger.violations()).hasSize(1);
		assertThat(this.ledger.violations()).extracting(Violation::count).containsExactly(1L);
	}

	private WeakReference<ViolationEntry> occur() {
		Frame offender = new Frame("org.lib.Reader", "read", "Reader.java", 7);
		Finding finding = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null, Origin.LIBRARY,
				null, offender, null, false, CallStack.NONE, "loop-1", null, null);
		OccurrenceCounter counter = this.ledger.counter(finding, this.policy.decide(finding));
		counter.begun();
		counter.ended(2_000_000);
		return new WeakReference<>(counter.violation());
	}

}
