package io.github.loopguard.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The SARIF file against the schema of the standard, and in what code scanning reads.
 */
class SarifLogTests {

	private static final JsonSchema SCHEMA = schema();

	private ReportBuilder builder;

	private SourceFinder sources;

	@BeforeEach
	void createReport(@TempDir Path root) throws IOException {
		this.sources = Repository.create(root).sources();
		this.builder = new ReportBuilder().module("web").version("0.1.0").tracked("com.acme.InvoiceTests#renders");
	}

	@Test
	void isValid() {
		add(null);
		this.builder.add(Violations.ofLibrary("000000000002", 1, 5), "com.acme.InvoiceTests#prints", null, List.of(),
				this.sources);
		String sarif = Written.as(ReportFormat.SARIF, this.builder.build(Violations.NOON));
		assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
		assertThat(SCHEMA.validate(sarif.replace("\"startLine\" : 42", "\"startLine\" : 0"), InputFormat.JSON))
			.as("the schema is really applied")
			.isNotEmpty();
	}

	@Test
	void isValidWithoutAnyResult() {
		String sarif = Written.as(ReportFormat.SARIF, this.builder.build(Violations.NOON));
		assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
		assertThat(tree(sarif).at("/runs/0/results").isEmpty()).isTrue();
	}

	@Test
	void leavesOutWhatIsTolerated() {
		add("known since 2025");
		JsonNode run = tree(Written.as(ReportFormat.SARIF, this.builder.build(Violations.NOON))).at("/runs/0");
		assertThat(run.path("results").isEmpty()).isTrue();
		assertThat(run.at("/tool/driver/rules").isEmpty()).isTrue();
	}

	@Test
	void pointsToLinesFromTheRootOfTheRepository() {
		add(null);
		JsonNode run = tree(Written.as(ReportFormat.SARIF, this.builder.build(Violations.NOON))).at("/runs/0");
		JsonNode result = run.at("/results/0");
		JsonNode place = result.at("/locations/0/physicalLocation");
		assertThat(place.at("/artifactLocation/uri").asString())
			.isEqualTo("web/src/main/java/com/acme/InvoiceController.java");
		assertThat(place.at("/artifactLocation/uriBaseId").asString()).isEqualTo("%SRCROOT%");
		assertThat(run.at("/originalUriBaseIds/%SRCROOT%").isObject()).isTrue();
		assertThat(place.at("/region/startLine").asInt()).isEqualTo(42);
		assertThat(result.at("/partialFingerprints/primaryLocationLineHash").asString()).isEqualTo("3fa9c1d2e4b7:1");
		assertThat(run.at("/automationDetails/id").asString()).isEqualTo("loopguard/web/");
		assertThat(run.at("/tool/driver/rules/0/id").asString()).isEqualTo("file-read");
		assertThat(run.at("/tool/driver/rules/0/help/markdown").asString()).contains("What to do instead");
	}

	@Test
	void explainsTheRuleByItsPage() {
		add(null);
		JsonNode rule = tree(Written.as(ReportFormat.SARIF, this.builder.build(Violations.NOON)))
			.at("/runs/0/tool/driver/rules/0");
		assertThat(rule.at("/help/markdown").asString()).startsWith("**What to do instead:** ")
			.contains("```java")
			.doesNotContain(".md)");
		assertThat(rule.at("/help/text").asString()).startsWith("What to do instead: ").contains("Files.readString");
		assertThat(rule.has("helpUri")).as("no site is known").isFalse();
	}

	@Test
	void linksTheSiteWithThePages() {
		this.builder.add(Violations.documentedAt("https://docs.acme.com/loopguard#file-read", Violations.read(1, 2)),
				"com.acme.InvoiceTests#renders", null, List.of(), this.sources);
		String sarif = Written.as(ReportFormat.SARIF, this.builder.build(Violations.NOON));
		assertThat(tree(sarif).at("/runs/0/tool/driver/rules/0/helpUri").asString())
			.isEqualTo("https://docs.acme.com/loopguard#file-read");
		assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
	}

	@Test
	void showsTheStackAsStepsThroughTheSourcesOfTheRepository() {
		add(null);
		JsonNode result = tree(Written.as(ReportFormat.SARIF, this.builder.build(Violations.NOON)))
			.at("/runs/0/results/0");
		List<String> steps = result.at("/codeFlows/0/threadFlows/0/locations")
			.valueStream()
			.map((step) -> step.at("/location/physicalLocation/artifactLocation/uri").asString())
			.toList();
		assertThat(steps).containsExactly("core/src/main/java/com/acme/Router.java",
				"web/src/main/java/com/acme/InvoiceController.java");
		assertThat(result.at("/stacks/0/frames").size()).as("frames of the JDK and of libraries too").isEqualTo(4);
	}

	@Test
	void pointsToTheTestWhereNoOtherSourceIsThere() {
		this.builder.add(Violations.ofLibrary("000000000002", 1, 5), "com.acme.InvoiceTests#prints", null, List.of(),
				this.sources);
		JsonNode result = tree(Written.as(ReportFormat.SARIF, this.builder.build(Violations.NOON)))
			.at("/runs/0/results/0");
		assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString())
			.isEqualTo("web/src/test/java/com/acme/InvoiceTests.java");
	}

	@Test
	void isBoundedHoweverMuchTheReportHas() {
		List<StackTraceElement> deep = new ArrayList<>();
		for (int i = 0; i < 250; i++) {
			deep.add(new StackTraceElement("com.acme.Deep", "frame" + i, "Deep.java", i));
		}
		for (int i = 0; i < 400; i++) {
			this.builder.add(Violations.at(String.format("%012x", i), "com.acme.C" + i, "m", 1, 400 - i),
					"com.acme.InvoiceTests#renders", null, deep, this.sources);
		}
		JsonNode results = tree(Written.as(ReportFormat.SARIF, this.builder.build(Violations.NOON)))
			.at("/runs/0/results");
		assertThat(results.valueStream()).hasSize(400);
		assertThat(results.at("/0/stacks/0/frames").size()).as("what held loops longest").isEqualTo(250);
		assertThat(results.findValues("frames")).as("50,000 frames in all").hasSize(200);
	}

	private void add(String tolerated) {
		this.builder.add(Violations.read(3, 120), "com.acme.InvoiceTests#renders", tolerated,
				Violations.stack("com.acme.InvoiceController", "render", 42), this.sources);
	}

	private static JsonNode tree(String json) {
		return ReportJson.MAPPER.readTree(json);
	}

	private static JsonSchema schema() {
		InputStream schema = SarifLogTests.class.getResourceAsStream("/sarif/sarif-schema-2.1.0.json");
		return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema);
	}

}
