package com.example.matrix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose call it was does not depend on how the application is packaged.
 */
class PackagingStartTests {

	private static final Map<String, String> CALLS = Map.of("template", "LIBRARY", "template-by-url", "LIBRARY",
			"decorated-template", "LIBRARY", "own-template", "com.example.start.Calls#ownTemplate", "resource",
			"com.example.start.Calls#resource", "lambda", "com.example.start.Calls#lambda");

	@Test
	void classesInFolders() throws Exception {
		assertSameCalls(Launch.application(ClassPath.application()));
	}

	@Test
	void executableJar() throws Exception {
		assertSameCalls(Launch.executableJar());
	}

	@Test
	void extractedJar(@TempDir Path folder) throws Exception {
		assertSameCalls(Launch.jar(MustFindStartTests.extract(folder)));
	}

	private static void assertSameCalls(Launch launch) throws Exception {
		try (Started started = launch.argument("--management.endpoint.blocking.access=unrestricted").start()) {
			for (Map.Entry<String, String> call : CALLS.entrySet()) {
				started.get("/calls/" + call.getKey());
				started.delete("/actuator/blocking");
				started.get("/calls/" + call.getKey());
				List<JsonNode> violations = started.report()
					.path("violations")
					.valueStream()
					.filter((it) -> !"class-loading".equals(it.path("rule").asString()))
					.toList();
				assertThat(violations).as(call.getKey())
					.extracting((it) -> it.path("rule").asString())
					.contains("file-read");
				assertThat(violations).as(call.getKey()).allSatisfy((it) -> assertSame(it, call.getValue()));
			}
		}
	}

	private static void assertSame(JsonNode violation, String whose) {
		JsonNode site = violation.path("site");
		boolean library = "LIBRARY".equals(whose);
		assertThat(violation.path("origin").asString()).isEqualTo(library ? whose : "APPLICATION");
		assertThat(violation.path("api").asString()).startsWith("java.");
		assertThat(violation.path("offender").path("className").asString()).doesNotContain(".loader.");
		assertThat(violation.path("rule").asString()).isIn("file-read", "file-open", "file-stat", "resource-loading");
		if (library) {
			assertThat(violation.path("offender").path("className").asString()).isEqualTo("org.acme.template.Template");
		}
		else {
			assertThat(site.path("className").asString() + "#" + site.path("methodName").asString()).isEqualTo(whose);
		}
	}

}
