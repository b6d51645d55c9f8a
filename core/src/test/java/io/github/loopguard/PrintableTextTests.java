package io.github.loopguard;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Violation#printable(String)}.
 */
class PrintableTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "com.acme.Invoices.render(Invoices.java:42)", "fix: flatMap(Files::readString)",
			"80 µs   ← your code", "déjà vu, 文字, עברית, 😀", "a::b", "/docs#file-read" })
	void keepsWhatPeopleWrite(String text) {
		assertThat(Violation.printable(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "0x1B", "0x00", "0x07", "0x08", "0x09", "0x0A", "0x0D", "0x7F", "0x85", "0x9B", "0xAD", "0x061C",
			"0x034F", "0x115F", "0x1160", "0x17B4", "0x180E", "0x200B", "0x200D", "0x200E", "0x200F", "0x2028",
			"0x2029", "0x202A", "0x202E", "0x2060", "0x2066", "0x2069", "0x2800", "0x3164", "0xFE0F", "0xFEFF",
			"0xFFA0", "0xD800", "0xDFFF", "0xE0041", "0xE0100" })
	void escapesWhatActsHidesOrTurnsText(String hex) {
		int codePoint = Integer.decode(hex);
		String printable = Violation.printable("a" + new String(Character.toChars(codePoint)) + "b");
		assertThat(printable).matches("a(\\\\u[0-9a-f]{4}){1,2}b");
		assertThat(Violation.printable(printable)).isEqualTo(printable);
	}

	@ParameterizedTest
	@ValueSource(strings = { "::error::x", "  ::add-mask::x", "\u00a0::stop-commands::x", "\t::set-output name=a::b",
			"##[error]x", "at ##vso[task.setvariable variable=a]b", "##teamcity[buildStop]", "###[group]x" })
	void startsNoCommandOfABuildServer(String text) {
		String printable = Violation.printable(text);
		assertThat(printable.strip()).doesNotStartWith("::").doesNotContain("##");
		assertThat(Violation.printable(printable)).isEqualTo(printable);
	}

	@Test
	void escapesTheHalvesOfACharacterAlone() {
		assertThat(Violation.printable("a\ud83d")).isEqualTo("a\\ud83d");
		assertThat(Violation.printable("\ude00\ud83d")).isEqualTo("\\ude00\\ud83d");
	}

}
