package io.github.loopguard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a report from somebody else's pull request prints.
 */
class HostileTextTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(
			strings = { "\u001b[2J", "\u001b]0;title\u0007", "\u202e", "\u200b", "\u2066", "\r", "\n::error::forged",
					"\n::add-mask::render", "\r\n  ::stop-commands::x", "##[error]forged", "##vso[task.complete]" })
	void neitherActsOnATerminalNorOnABuildServer(String hostile) throws IOException {
		Path clean = Reports.write(this.directory.resolve("clean"));
		Path evil = Reports.write(this.directory.resolve("evil"),
				Reports.violation("com.acme.Invoices", "render", "do" + hostile + "it"), "be" + hostile + "cause");
		Files.writeString(evil, Files.readString(evil).replace("Files.readString\"", "Files." + json(hostile) + "\""));
		assertThat(Run.of("check", evil).out()).contains("java.nio.file.Files.", "do");
		assertHarmless(Run.of("check", evil));
		assertHarmless(Run.of("diff", clean, evil));
		assertHarmless(Run.of("diff", evil, clean));
		Path baseline = Reports.writeBaseline(this.directory);
		Files.writeString(baseline, Files.readString(baseline).replace("Thread.sleep", "Thread" + json(hostile)));
		assertHarmless(Run.of("prune", clean, "--baseline", baseline, "--dry-run"));
		assertHarmless(Run.of("check", clean, "--" + hostile));
	}

	@ParameterizedTest
	@ValueSource(strings = { "::error::forged", "  ::add-mask::render", "##[error]forged" })
	void startsNoLineWithACommand(String hostile) throws IOException {
		Path evil = Reports.write(this.directory.resolve("evil"), Reports.violation(hostile, "render", "x"), "because");
		assertHarmless(Run.of("check", evil));
		assertHarmless(Run.of("diff", evil, Reports.write(this.directory.resolve("clean"))));
	}

	private static void assertHarmless(Run run) {
		assertThat(run.code()).isBetween(0, 2);
		assertThat(run.out() + run.err())
			.doesNotContainPattern(
					"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f" + "\u2028-\u202e\u2066-\u2069\ufeff]")
			.doesNotContainPattern("(?m)^\\s*::")
			.doesNotContain("##[", "##vso", "A defect");
	}

	private static String json(String text) {
		StringBuilder escaped = new StringBuilder();
		text.chars().forEach((character) -> escaped.append(String.format("\\u%04x", character)));
		return escaped.toString();
	}

}
