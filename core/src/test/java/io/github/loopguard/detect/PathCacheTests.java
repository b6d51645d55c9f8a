package io.github.loopguard.detect;

import org.junit.jupiter.api.Test;

import io.github.loopguard.detect.PolicyVersion.PathCache;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.stack.AttributedCall;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Decision;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PathCache}.
 */
class PathCacheTests {

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private final PathCache cache = new PathCache();

	@Test
	void remembersPaths() {
		CallPath path = path();
		this.cache.put(1, path);
		assertThat(this.cache.get(1)).isSameAs(path);
		assertThat(this.cache.get(2)).isNull();
	}

	@Test
	void forgetsPathsWhoseViolationHasLeftTheLedger() {
		this.cache.put(1, path());
		this.ledger.clear();
		assertThat(this.cache.get(1)).isNull();
	}

	@Test
	void staysBounded() {
		CallPath path = path();
		int kept = 0;
		for (int key = 0; key < 100_000; key++) {
			this.cache.put(key, path);
		}
		for (int key = 0; key < 100_000; key++) {
			kept += (this.cache.get(key) != null) ? 1 : 0;
		}
		assertThat(kept).isBetween(1, 8_192);
		assertThat(this.cache.get(99_999)).isSameAs(path);
	}

	private CallPath path() {
		Frame site = new Frame("com.acme.Invoices", "render", "Invoices.java", 1);
		Finding finding = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null,
				Origin.APPLICATION, site, site, null, false, CallStack.NONE, "loop-1", null, null);
		Decision decision = Policy.defaults(Catalog.shipped()).decide(finding);
		return CallPath.of(new AttributedCall(finding, false, false), false, decision)
			.countedBy(this.ledger.counter(finding, decision));
	}

}
