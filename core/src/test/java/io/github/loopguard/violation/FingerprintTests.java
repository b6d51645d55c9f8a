package io.github.loopguard.violation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.loopguard.catalog.Origin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Fingerprint} and what {@link Finding} makes of it.
 */
class FingerprintTests {

	@Test
	void idIsTheSameOnEveryJvm() {
		assertThat(Fingerprint.id("file-read|java.nio.file.Files.readString|com.acme.Invoices|render"))
			.isEqualTo("a7c7861b74fc");
	}

	@Test
	void idsAreShortAndDistinct() {
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 100_000; i++) {
			String id = Fingerprint.id("file-read|java.nio.file.Files.readString|com.acme.Type" + i + "|render");
			assertThat(id).hasSize(12).matches("[0-9a-f]+");
			ids.add(id);
		}
		assertThat(ids).hasSize(100_000);
	}

	@Test
	void numbersOfAnonymousAndLocalClassesDoNotCount() {
		assertThat(Fingerprint.normalise("com.acme.Invoices$1"))
			.isEqualTo(Fingerprint.normalise("com.acme.Invoices$12"));
		assertThat(Fingerprint.normalise("com.acme.Invoices$1Local"))
			.isEqualTo(Fingerprint.normalise("com.acme.Invoices$2Local"));
		assertThat(Fingerprint.normalise("com.acme.Invoices$Line")).isEqualTo("com.acme.Invoices$Line");
		assertThat(Fingerprint.normalise("com.acme.Invoices$Line"))
			.isNotEqualTo(Fingerprint.normalise("com.acme.Invoices$1"));
	}

	@Test
	void lineDoesNotCount() {
		assertThat(finding(frame("com.acme.Invoices", 10), null).fingerprint())
			.isEqualTo(finding(frame("com.acme.Invoices", 20), null).fingerprint());
	}

	@Test
	void siteCountsAndTheOffenderOnlyWithoutOne() {
		Frame site = frame("com.acme.Invoices", 10);
		assertThat(finding(site, frame("org.lib.A", 1)).fingerprint())
			.isEqualTo(finding(site, frame("org.lib.B", 1)).fingerprint());
		assertThat(finding(null, frame("org.lib.A", 1)).fingerprint())
			.isNotEqualTo(finding(null, frame("org.lib.B", 1)).fingerprint());
		Finding nobodys = finding(null, null);
		assertThat(nobodys.fingerprint()).isEqualTo("file-read|java.nio.file.Files.readString|" + nobodys.origin());
	}

	private static Frame frame(String className, int line) {
		return new Frame(className, "render", "Some.java", line);
	}

	private static Finding finding(Frame site, Frame offender) {
		return new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null, Origin.APPLICATION, site,
				offender, null, List.of(), 0, "loop-1", null, null);
	}

}
