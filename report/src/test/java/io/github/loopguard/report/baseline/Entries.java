package io.github.loopguard.report.baseline;

import java.time.LocalDate;
import java.util.List;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.baseline.BaselineEntry.Budget;
import io.github.loopguard.baseline.BaselineEntry.Status;

/**
 * Entries of baselines for tests.
 */
final class Entries {

	private Entries() {
	}

	static ViolationKey key(String at) {
		return new ViolationKey("file-read", "java.nio.file.Files.readString", at);
	}

	static BaselineEntry recorded(String at, String... via) {
		return BaselineEntry.recorded(key(at), List.of(via));
	}

	static BaselineEntry full(String at) {
		return new BaselineEntry(key(at), Status.WAITING_UPSTREAM, "fixed in \"2.3\"", "@team-orders",
				LocalDate.of(2027, 3, 31), "https://example.com/issues/7", new Budget(3, 50),
				List.of("com.acme.BTests#b", "com.acme.ATests#a"));
	}

}
