package com.example.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.example.build.Workspace.Result;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportJson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The modules of the Maven project, built by Gradle, whose test workers run the tests.
 * Debian's Gradle runs on JDK 17 at most.
 */
@Tag("any-jdk")
class GradleBuildTests {

	private static final String ORDERS = "orders/src/main/java/com/acme/orders/Orders.java";

	@TempDir
	private static Path directory;

	private static Path gradle;

	private static Workspace recorded;

	@BeforeAll
	static void record() throws Exception {
		Optional<Path> command = command();
		if (command.isEmpty()) {
			System.out.println("NOTICE: Gradle is not installed; no build by Gradle is tested");
		}
		Assumptions.assumeTrue(command.isPresent(), "Gradle is not installed");
		gradle = command.orElseThrow();
		Path shop = Path.of("src/test/projects/shop");
		recorded = new Workspace(directory.resolve("shop")).with(Path.of("src/test/projects/gradle"));
		for (String module : List.of("orders", "invoices")) {
			new Workspace(recorded.directory().resolve(module).resolve("src"))
				.with(shop.resolve(module).resolve("src"));
		}
		Result result = build(recorded, Map.of("LOOPGUARD_BASELINE_MODE", "record"), "test");
		assertThat(result.status()).as(result.output()).isZero();
		assertThat(result.output()).contains("Printed by parallel-", "STANDARD_OUT", "3 recorded");
	}

	@Test
	void recordsABaselineForEachModule() throws IOException {
		assertThat(places("orders")).containsExactly("com.acme.orders.Orders#check", "com.acme.orders.Orders#read",
				"com.acme.orders.Tariffs#<clinit>");
		assertThat(places("invoices")).containsExactly("com.acme.invoices.Invoices#print",
				"com.acme.invoices.Invoices#send");
	}

	@Test
	void reportsWhereGradleBuilds() {
		assertThat(recorded.directory().resolve("orders/target")).doesNotExist();
		assertThat(recorded.directory().resolve("orders/build/loopguard/report.html")).exists();
		assertThat(report(recorded).totals().tolerated()).isEqualTo(3);
		assertThat(report(recorded).tests()).contains("com.acme.OutputTests#prints");
	}

	@Test
	void failsForWhatIsNewAndOnlyForThat() throws Exception {
		Workspace changed = new Workspace(directory.resolve("changed")).with(recorded.directory());
		changed.edit(ORDERS, "return new File(id).exists();",
				"return new File(\"x\").canWrite() || new File(id).exists();");
		Result result = build(changed, Map.of(), ":orders:test", "-Dloopguard.report.formats=json");
		assertThat(result.status()).isNotZero();
		assertThat(result.output()).contains("java.io.File.canWrite [file-stat]",
				"(check): 3 entries, 3 matched, 0 not-exercised, 0 prunable; 1 new, 1 not tolerated");
		assertThat(report(changed).untolerated()).singleElement()
			.satisfies((violation) -> assertThat(violation.violation().api()).isEqualTo("java.io.File.canWrite"));
		assertThat(changed.directory().resolve("orders/build/loopguard/report.html")).doesNotExist();
	}

	private static List<String> places(String module) throws IOException {
		return Files.readAllLines(recorded.directory().resolve(module).resolve("loopguard-baseline.json"))
			.stream()
			.filter((line) -> line.contains("\"at\""))
			.map((line) -> line.replaceAll(".*: \"(.*)\",", "$1"))
			.toList();
	}

	private static Report report(Workspace workspace) {
		return ReportJson.read(workspace.directory().resolve("orders/build/loopguard/report.json"));
	}

	private static Result build(Workspace workspace, Map<String, String> environment, String... arguments)
			throws IOException, InterruptedException {
		List<String> line = new ArrayList<>(List.of(gradle.toString(), "--offline", "--no-daemon", "--continue",
				"--gradle-user-home", directory.resolve("home").toString()));
		line.addAll(List.of(arguments));
		Map<String, String> all = new HashMap<>(environment);
		all.put("BUILD_CLASS_PATH", classPath());
		return workspace.run(line, all);
	}

	private static String classPath() {
		String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Stream.concat(Stream.of(System.getProperty("build.junit4")), Stream.of(all.split(File.pathSeparator)))
			.filter((entry) -> entry.endsWith(".jar"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static Optional<Path> command() {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, "gradle"))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
