package io.github.loopguard.test.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.report.ReportJson;
import io.github.loopguard.test.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionReport}.
 */
class SessionReportTests {

	@TempDir
	private Path module;

	@Test
	void aBrokenFragmentOfAnotherJvmCostsItselfAndTheBuildSaysSo() throws IOException {
		Path fragments = Files.createDirectories(this.module.resolve("target/loopguard/fragments"));
		Files.writeString(fragments.resolve("1.json"),
				"{\"schema\": 1, \"created\": null, \"classes\": {\"\\u001b[2J\": null}}");
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Properties properties = new Properties();
		properties.setProperty("basedir", this.module.toString());
		SessionReport report = new SessionReport(new Settings(properties, Map.of()),
				new PrintStream(out, true, StandardCharsets.UTF_8));
		report.tracked("com.acme.InvoiceTests#renders", false);
		report.write();
		assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(1)
			.startsWith("Loopguard: what another JVM found is left out: " + fragments.resolve("1.json"))
			.doesNotContain("\u001b");
		assertThat(ReportJson.read(this.module.resolve("target/loopguard/report.json")).tests())
			.containsExactly("com.acme.InvoiceTests#renders");
	}

}
