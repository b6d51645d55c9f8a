package io.github.loopguard;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ViolationKey}.
 */
class ViolationKeyTests {

	@Test
	void idIsTheSameOnEveryJvm() {
		assertThat(key("com.acme.Invoices#render").id()).isEqualTo("a7c7861b74fc");
	}

	@Test
	void idsAreShortAndDistinct() {
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 100_000; i++) {
			String id = key("com.acme.Type" + i + "#render").id();
			assertThat(id).hasSize(12).matches("[0-9a-f]+");
			ids.add(id);
		}
		assertThat(ids).hasSize(100_000);
	}

	@Test
	void ignoresNumbersOfAnonymousAndLocalClasses() {
		assertThat(of("com.acme.Invoices$1")).isEqualTo(of("com.acme.Invoices$12"));
		assertThat(of("com.acme.Invoices$1Local")).isEqualTo(of("com.acme.Invoices$2Local"));
		assertThat(of("com.acme.Invoices$Line").at()).isEqualTo("com.acme.Invoices$Line#render");
		assertThat(of("com.acme.Invoices$Line")).isNotEqualTo(of("com.acme.Invoices$1"));
	}

	@Test
	void ignoresLine() {
		assertThat(key(frame("com.acme.Invoices", 10), null)).isEqualTo(key(frame("com.acme.Invoices", 20), null));
	}

	@Test
	void usesSiteAndOffenderOnlyWithoutSite() {
		Frame site = frame("com.acme.Invoices", 10);
		assertThat(key(site, frame("org.lib.A", 1))).isEqualTo(key(site, frame("org.lib.B", 1)));
		assertThat(key(null, frame("org.lib.A", 1))).isNotEqualTo(key(null, frame("org.lib.B", 1)));
		assertThat(key(null, null).at()).isEqualTo("APPLICATION");
	}

	@Test
	void idsAreUnchangedSinceVersionOne() {
		assertThat(key("UNKNOWN").id()).isEqualTo("c0e78ab0d8b4");
		assertThat(key("org.acme.Pool$Worker$").id()).isEqualTo("4ca7499633ae");
		assertThat(key("com.acme.Invoices#<init>").id()).isEqualTo("5a4beaaaa967");
	}

	private static Frame frame(String className, int line) {
		return new Frame(className, "render", "Some.java", line);
	}

	private static ViolationKey of(String className) {
		return key(frame(className, 1), null);
	}

	private static ViolationKey key(Frame site, Frame offender) {
		return ViolationKey.of("file-read", "java.nio.file.Files.readString", site, offender, Origin.APPLICATION);
	}

	private static ViolationKey key(String at) {
		return new ViolationKey("file-read", "java.nio.file.Files.readString", at);
	}

}
