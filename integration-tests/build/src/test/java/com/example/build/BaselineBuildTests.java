package com.example.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.example.build.Workspace.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A project with two modules, forks, and tests that run in parallel and in any order gets
 * a baseline, and lives with it.
 */
@Tag("any-jdk")
class BaselineBuildTests {

	private static final String RECORD = "-Dloopguard.baseline.mode=record";

	private static final String ORDERS = "orders/src/main/java/com/acme/orders/Orders.java";

	@TempDir
	private static Path directory;

	private static Project recorded;

	private static String baseline;

	private Project project;

	@BeforeAll
	static void record() throws Exception {
		LocalRepository repository = LocalRepository.create(Path.of("target").toAbsolutePath());
		recorded = Project.copy(Path.of("src/test/projects/shop"), directory.resolve("shop"), repository);
		assertSuccess(recorded.test(RECORD, location(recorded), "-Dseed=1"));
		baseline = Files.readString(recorded.baseline());
	}

	@BeforeEach
	void copy(TestInfo info) throws IOException {
		this.project = Project.copy(recorded.workspace().directory(),
				directory.resolve(info.getTestMethod().orElseThrow().getName()), recorded.repository());
	}

	@Test
	void recordsEverythingOnceForBothModules() {
		assertThat(baseline.lines().filter((line) -> line.contains("\"at\"")).map((line) -> line.strip()))
			.containsExactly("\"at\": \"com.acme.invoices.Invoices#print\",",
					"\"at\": \"com.acme.invoices.Invoices#send\",", "\"at\": \"com.acme.orders.Orders#check\",",
					"\"at\": \"com.acme.orders.Orders#read\",", "\"at\": \"com.acme.orders.Tariffs#<clinit>\",");
		assertThat(baseline).contains("""
				      "via": [
				        "com.acme.orders.FindTests#finds",
				        "com.acme.orders.FindTests#findsAnother"
				      ]
				""");
	}

	@Test
	void recordsTheSameBytesWithThreeForksInAnotherOrderAndModulesAtTheSameTime() throws Exception {
		Files.delete(this.project.baseline());
		assertSuccess(this.project.retest(RECORD, location(this.project), "-Dforks=3", "-Dseed=2", "-T2"));
		assertThat(Files.readString(this.project.baseline())).isEqualTo(baseline);
		assertSuccess(this.project.retest(RECORD, "-Dforks=3", "-Dseed=3", "-pl", "orders"));
		assertThat(Files.readString(this.project.baseline())).isEqualTo(baseline);
	}

	@Test
	void failsForWhatIsNewAndOnlyForThat() throws Exception {
		this.project.edit(ORDERS, "return new File(id).exists();", "return new File(id).exists() && isOld(id);");
		this.project.edit(ORDERS, "boolean check(", """
				boolean isOld(String id) {
						return new File("pom.xml").lastModified() == 0;
					}

					boolean check(""");
		this.project.edit(ORDERS, "check(id)", "check(\"pom.xml\")");
		Result result = this.project.test("-pl", "orders");
		assertThat(result.status()).isNotZero();
		assertThat(result.output()).contains("java.io.File.lastModified [file-stat]", "CheckTests.checks",
				"or add to the baseline: { \"at\": \"com.acme.orders.Orders#isOld\"", "1 new");
		assertThat(result.output()).doesNotContain("FindTests.finds ", "\"at\": \"com.acme.orders.Orders#read\"");
		assertUnchanged();
	}

	@Test
	void passesWhenLinesMoveAndSaysWhatIsFixed() throws Exception {
		this.project.edit(ORDERS, "public class Orders {", "\n\n\n\n\npublic class Orders {");
		this.project.edit(ORDERS, "return Files.readString(Path.of(\"pom.xml\"));",
				"if (Thread.interrupted()) {\n throw new IOException();\n}\nreturn \"read\" + Path.of(\"x\") + Files.class;");
		Result result = this.project.test("-pl", "orders");
		assertSuccess(result);
		assertThat(result.output()).contains("5 entries, 2 matched, 2 not-exercised, 1 prunable; 0 new",
				"prunable: [file-read] java.nio.file.Files.readString at com.acme.orders.Orders#read; it did not block "
						+ "in com.acme.orders.FindTests#finds, com.acme.orders.FindTests#findsAnother");
		assertUnchanged();
	}

	@Test
	void knowsNothingOfWhatDoesNotRun() throws Exception {
		Result result = this.project.retest("-pl", "orders", "-Dtest=CheckTests#checks");
		assertSuccess(result);
		assertThat(result.output()).contains("5 entries, 1 matched, 4 not-exercised, 0 prunable; 0 new");
	}

	@Test
	void failsWhenAnEntryHasExpired() throws Exception {
		this.project.edit("loopguard-baseline.json", "\"at\": \"com.acme.orders.Orders#check\",",
				"\"at\": \"com.acme.orders.Orders#check\",\n\"owner\": \"@orders\", \"until\": \"2020-12-31\",");
		Result result = this.project.retest("-pl", "orders", "-Dtest=CheckTests,FindTests");
		assertThat(result.status()).isNotZero();
		assertThat(result.output()).containsPattern("its baseline entry expired \\d+ days ago, owner @orders")
			.contains("CheckTests.checks")
			.doesNotContain("FindTests.finds ");
	}

	@Test
	void aTruncatedFileIsAnErrorAndStaysAsItIs() throws Exception {
		String truncated = baseline.substring(0, baseline.indexOf("\"api\""));
		Files.writeString(this.project.baseline(), truncated);
		Result result = this.project.retest("-pl", "orders", RECORD);
		assertThat(result.status()).isNotZero();
		assertThat(result.output()).contains("The baseline " + this.project.baseline().toRealPath()
				+ ", line 7: it is no JSON: it ends in the middle of something");
		assertThat(this.project.baseline()).hasContent(truncated);
	}

	@Test
	void continuousIntegrationNeverWrites() throws Exception {
		this.project.edit("loopguard-baseline.json", "com.acme.orders.Orders#check", "com.acme.orders.Orders#was");
		String before = Files.readString(this.project.baseline());
		Result result = this.project.retest(Map.of("CI", "true"), "-pl", "orders", RECORD);
		assertThat(result.status()).isNotZero();
		assertThat(result.output()).contains("CI=true, so loopguard.baseline.mode=record writes nothing",
				"CheckTests.checks");
		assertThat(this.project.baseline()).hasContent(before);
	}

	private void assertUnchanged() throws IOException {
		assertThat(Files.readString(this.project.baseline())).isEqualTo(baseline);
	}

	private static void assertSuccess(Result result) {
		assertThat(result.status()).as(result.output()).isZero();
		assertThat(result.output()).doesNotContain("Corrupted channel");
	}

	private static String location(Project project) {
		return "-Dloopguard.baseline.location=" + project.baseline();
	}

}
