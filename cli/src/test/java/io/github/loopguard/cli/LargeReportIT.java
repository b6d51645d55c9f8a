package io.github.loopguard.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reports of 100 MB, in a JVM with 512 MB.
 */
@Tag("any-jdk")
class LargeReportIT {

	private static final int FRAMES = 5_000;

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "4000, 16, 256", "75000, 1, 16" })
	void isMergedInAllForms(int violations, int stacks, int frames) throws Exception {
		Path report = write(violations, stacks, frames);
		assertThat(Files.size(report)).isGreaterThan(95L << 20);
		Path all = this.directory.resolve("all");
		assertThat(run("merge", report, Reports.write(this.directory.resolve("other")), "-o", all))
			.contains((violations + 1) + " violations, 0 of them tolerated");
		assertThat(Files.size(all.resolve("report.json"))).isGreaterThan(90L << 20);
		assertThat(all.resolve("loopguard.sarif")).isNotEmptyFile();
		assertThat(Files.size(all.resolve("loopguard.sarif"))).isLessThan(64L << 20);
		assertThat(run("diff", report, all)).contains("1 violation new, 1 of them not tolerated");
	}

	private String run(Object... args) throws IOException, InterruptedException {
		Path output = this.directory.resolve("output");
		List<String> command = IntStream.range(0, args.length)
			.mapToObj((i) -> args[i].toString())
			.collect(Collectors.toList());
		command.addAll(0, List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
				"-jar", System.getProperty("cli.jar")));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
		return Files.readString(output);
	}

	private Path write(int violations, int stacks, int frames) throws IOException {
		Path template = Reports.write(this.directory.resolve("template"));
		String text = Files.readString(template);
		int start = text.indexOf('{', text.indexOf("\"violations\" : ["));
		int end = text.indexOf("\"frames\" : [ \"");
		String violation = text.substring(start, text.lastIndexOf(']', end))
			.replaceFirst("(?s)\"stacks\" : \\[.*?\\} \\]", "STACKS");
		Path file = this.directory.resolve("large.json");
		try (BufferedWriter out = Files.newBufferedWriter(file)) {
			out.write(text, 0, start);
			for (int i = 0; i < violations; i++) {
				out.write((i > 0) ? ",\n" : "");
				out.write(violation.replace("3fa9c1d2e4b7", String.format("%012x", i + 1))
					.replace("Invoices\"", "Invoices" + i + "\"")
					.replace("STACKS", stacks(i, stacks, frames)));
			}
			out.write("],\n\"frames\": ["
					+ IntStream.range(0, FRAMES)
						.mapToObj((i) -> "\"com.acme.area" + i % 50 + ".Invoices" + i + ".render(Invoices.java:" + i
								+ ")\"")
						.collect(Collectors.joining(","))
					+ "],\n\"sources\": {\"com.acme.Invoices1\": \"src/main/java/com/acme/Invoices.java\"}}\n");
		}
		return file;
	}

	private static String stacks(int violation, int stacks, int frames) {
		StringBuilder text = new StringBuilder("\"stacks\": [");
		for (int i = 0; i < stacks; i++) {
			text.append((i > 0) ? "," : "").append("{\"count\": 1, \"held\": \"PT0.001S\", \"frames\": [");
			for (int j = 0; j < frames; j++) {
				text.append((j > 0) ? ", " : "").append((violation * 31 + i * 7 + j) % FRAMES);
			}
			text.append("]}");
		}
		return text.append("]").toString();
	}

}
