package io.github.loopguard.ledger;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Eviction}.
 */
class EvictionTests {

	private final Map<ViolationKey, ViolationEntry> entries = new ConcurrentHashMap<>();

	private final Eviction eviction = new Eviction(this.entries);

	@Test
	void anEventLoopThatReplacesOrClearsAnEntryWaitsForNobody() throws Exception {
		Finding finding = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null, Origin.LIBRARY,
				null, new Frame("org.lib.Reader", "read", "Reader.java", 7), null, false, CallStack.NONE, "loop-1",
				null, null);
		ViolationEntry entry = new ViolationEntry(finding, Policy.defaults(Catalog.shipped()).decide(finding));
		this.entries.put(finding.key(), entry);
		synchronized (this.eviction) {
			CompletableFuture.runAsync(() -> {
				this.eviction.replaced(entry);
				this.eviction.clear(finding.key(), entry);
			}).get(10, TimeUnit.SECONDS);
		}
		this.eviction.evict(0);
		assertThat(this.entries).isEmpty();
		assertThat(this.eviction.cleared()).isZero();
	}

}
