package io.github.loopguard.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.Action;
import io.github.loopguard.Held;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.blackbox.BlackBoxHeader;
import io.github.loopguard.blackbox.BlackBoxRecord.StoppedSeen;
import io.github.loopguard.blackbox.RecordRing;
import io.github.loopguard.report.ReportBuilder;
import io.github.loopguard.report.ReportFormat;
import io.github.loopguard.report.ReportWriter;
import io.github.loopguard.report.SourceFinder;
import io.github.loopguard.report.baseline.BaselineFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar as a process of its own.
 */
@Tag("any-jdk")
class CommandLineIT {

	private static final String TEST = "com.acme.InvoiceTests#renders";

	private static final List<StackTraceElement> STACK = List
		.of(new StackTraceElement("com.acme.Invoices", "render", "Invoices.java", 42));

	@TempDir
	private Path directory;

	private Path clean;

	private Path blocked;

	@BeforeEach
	void writeReports() throws IOException {
		this.clean = write("clean", new ReportBuilder().tracked(TEST));
		this.blocked = write("blocked", new ReportBuilder().tracked(TEST)
			.add(violation(), TEST, null, STACK, SourceFinder.of(this.directory, "")));
	}

	@Test
	void checkTellsWhatNothingTolerates() throws Exception {
		assertThat(run("check", this.clean))
			.isEqualTo(new Result(0, "0 violations not tolerated, 0 tolerated, 1 test watched\n", ""));
		Result result = run("check", this.clean, this.blocked.resolve("report.json"));
		assertThat(result.code()).isEqualTo(1);
		assertThat(result.out()).contains(
				"com.acme.Invoices.render(Invoices.java:42): java.nio.file.Files.readString [file-read], 3 times",
				"fix: ", "seen in " + TEST, "1 violation not tolerated");
		assertThat(run("check", this.blocked, "--baseline", baseline(null)).code()).isZero();
	}

	@Test
	void diffTellsWhatIsNew() throws Exception {
		Result added = run("diff", this.clean, this.blocked);
		assertThat(added.code()).isEqualTo(1);
		assertThat(added.out()).contains("[file-read]", "1 violation new, 1 of them not tolerated");
		Result fixed = run("diff", this.blocked, this.clean);
		assertThat(fixed.code()).isZero();
		assertThat(fixed.out()).contains("gone: com.acme.Invoices.render", "0 violations new");
		Path other = write("other", new ReportBuilder().tracked("com.acme.OtherTests#x"));
		assertThat(run("diff", this.blocked, other).out()).contains("1 violation of before not exercised");
	}

	@Test
	void mergeWritesOneReportInEveryForm() throws Exception {
		Path output = this.directory.resolve("all");
		assertThat(run("merge", this.blocked, this.blocked, "-o", output).code()).isZero();
		assertThat(run("check", output).out()).contains("6 times");
		for (ReportFormat format : ReportFormat.values()) {
			assertThat(output.resolve(format.fileName())).isNotEmptyFile();
		}
	}

	@Test
	void pruneTakesOutWhatIsGone() throws Exception {
		Path baseline = baseline(TEST);
		assertThat(run("prune", this.blocked, "--baseline", baseline).out()).contains("0 of 1 entries gone",
				"stays as it is");
		assertThat(run("prune", this.clean, "--baseline", baseline, "--dry-run").out()).contains("1 of 1 entries gone",
				"stays as it is");
		assertThat(run(Map.of("CI", "true"), "prune", this.clean, "--baseline", baseline).out())
			.contains("1 of 1 entries gone", "stays as it is, because CI=true");
		assertThat(new BaselineFile(baseline).read().orElseThrow().entries()).hasSize(1);
		assertThat(run("prune", this.clean, "--baseline", baseline).out()).contains("gone: [file-read]", "was written");
		assertThat(new BaselineFile(baseline).read().orElseThrow().entries()).isEmpty();
	}

	@Test
	void pruneTakesOutWhatAClassItselfDidOnceItsTestsRunWithoutIt() throws Exception {
		Path baseline = baseline(TEST.substring(0, TEST.indexOf('#')));
		assertThat(run("prune", this.clean, "--baseline", baseline).out()).contains("1 of 1 entries gone");
	}

	@Test
	void whatCannotBeReadIsNamedWithLineAndReason() throws Exception {
		Path broken = Files.writeString(this.directory.resolve("broken.json"), "{\n  \"schema\": 1,\n  oops");
		Result result = run("check", broken);
		assertThat(result.code()).isEqualTo(2);
		assertThat(result.err()).contains(broken + ":3 is no JSON").doesNotContain("\tat ");
		assertThat(run("check", this.directory.resolve("nowhere")).err()).contains("nowhere does not exist");
		assertThat(run("check", this.clean, "--baseline", broken).err()).contains(broken + ", line 3");
		assertThat(run().code()).isEqualTo(2);
		assertThat(run("check", this.clean, "--nonsense").err()).contains("--nonsense");
		assertThat(run("merge", this.clean, "-o", broken).code()).isEqualTo(2);
	}

	@Test
	void blackBoxTellsWhatWasRecorded() throws Exception {
		ByteBuffer content = ByteBuffer.allocate(RecordRing.SMALLEST);
		RecordRing ring = new RecordRing(content, new BlackBoxHeader("shop", 1, Instant.EPOCH, "17", "0.2"), 42);
		ring.add(new StoppedSeen(Instant.EPOCH, 3, Duration.ofSeconds(2)));
		Path file = Files.write(this.directory.resolve("a.blackbox"), content.array());
		assertThat(run("black-box", file).out()).startsWith("shop, process 1, ").contains("had stood still, 3 times");
		assertThat(run("black-box", "--json", file).out()).contains("\"kind\":\"stopped\"");
		Result refused = run("black-box", Files.write(file, new byte[4_096]));
		assertThat(refused.code()).isEqualTo(2);
		assertThat(refused.err()).hasLineCount(1).contains("is no black box of Loopguard");
	}

	@Test
	void helpSaysHow() throws Exception {
		Result help = run("--help");
		assertThat(help.code()).isZero();
		assertThat(help.out()).contains("check", "diff", "merge", "prune", "black-box", "Exit codes:");
		assertThat(run("--version").out()).matches("\\d+\\.\\d+\\.\\d+\\S*\\s+");
	}

	private Path write(String name, ReportBuilder report) throws IOException {
		Path reports = this.directory.resolve(name);
		ReportWriter.write(report.module("web").build(Instant.EPOCH), reports, EnumSet.of(ReportFormat.JSON));
		return reports;
	}

	private Path baseline(String via) {
		Path file = this.directory.resolve(BaselineFile.NAME);
		new BaselineFile(file).update((current) -> current
			.with(List.of(BaselineEntry.recorded(violation().key(), (via != null) ? List.of(via) : List.of()))));
		return file;
	}

	private static Violation violation() {
		Held held = new Held(3, Duration.ofMillis(120), Duration.ofMillis(80), null);
		Site site = new Site("com.acme.Invoices", "render", "Invoices.java", 42, Map.of("42", 3L));
		return new Violation("3fa9c1d2e4b7", "file-read", "java.nio.file.Files.readString", List.of("blockhound"),
				Origin.APPLICATION, Action.LOG, null, null, site, null, null, 3, Instant.EPOCH, Instant.EPOCH, 0, 0,
				held, new Waited(null), List.of("parallel-1"), null, null, "docs/blocking-operations.md#file-read",
				"read it once at start-up");
	}

	private static Result run(Object... args) throws IOException, InterruptedException {
		return run(Map.of(), args);
	}

	private static Result run(Map<String, String> environment, Object... args)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", System.getProperty("cli.jar")));
		for (Object arg : args) {
			command.add(arg.toString());
		}
		Path err = Files.createTempFile("loopguard", ".err");
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
		builder.environment().remove("CI");
		builder.environment().putAll(environment);
		Process process = builder.start();
		String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			return new Result(process.waitFor(), out, Files.readString(err));
		}
		finally {
			Files.delete(err);
		}
	}

	private record Result(int code, String out, String err) {
	}

}
