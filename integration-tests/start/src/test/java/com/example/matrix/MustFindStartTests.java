package com.example.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ways to start an application in which blocking calls must be found.
 */
class MustFindStartTests {

	private static final String[] OPENTELEMETRY = { "-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none",
			"-Dotel.logs.exporter=none" };

	@Test
	void executableJar() throws Exception {
		StartMatrix.row("`java -jar`", Launch.executableJar(), Expectation.finds());
	}

	@Test
	@Tag("any-jdk")
	void explodedClasses() throws Exception {
		StartMatrix.row("exploded classes", Launch.application(ClassPath.application()), Expectation.finds());
	}

	@Test
	@Tag("any-jdk")
	void extractedJar(@TempDir Path folder) throws Exception {
		StartMatrix.row("`jarmode=tools extract`", Launch.jar(extract(folder)), Expectation.finds());
	}

	@Test
	void extractedJarWithBlockHoundAsAgent(@TempDir Path folder) throws Exception {
		StartMatrix.row("extracted jar, `-javaagent:blockhound.jar`",
				Launch.jar(extract(folder)).option("-javaagent:" + ClassPath.application().find("blockhound-")),
				Expectation.finds());
	}

	@Test
	void mavenPlugin() throws Exception {
		long before = System.nanoTime();
		try (Started started = new Started(null, Path.of(System.getProperty("start.maven-plugin.log")),
				" started on port ")) {
			String seen = Expectation.finds().check(started);
			StartMatrix.write("`spring-boot:run`", seen, System.nanoTime() - before);
		}
	}

	@Test
	void ownInstallationBefore() throws Exception {
		StartMatrix.row("the user's `BlockHound.install()` before us",
				Launch.launcher("InstallsBefore", ClassPath.application()), Expectation.finds());
	}

	@Test
	void ownInstallationAfter() throws Exception {
		StartMatrix.row("the user's `BlockHound.install()` after us",
				Launch.launcher("InstallsAfter", ClassPath.application()).upWith("Installed again"),
				Expectation.finds());
	}

	@Test
	void ownCallback() throws Exception {
		StartMatrix.row("the user's builder with a callback of its own",
				Launch.launcher("InstallsWithCallback", ClassPath.application()), (started) -> {
					started.awaitOutput("The user's callback received java.lang.Thread.sleep", 1);
					return Expectation.finds().check(started);
				});
	}

	@Test
	@Tag("any-jdk")
	void ownCallbackIsNotWanted() throws Exception {
		StartMatrix.row("the same with `loopguard.blockhound-callback=false`",
				Launch.launcher("InstallsWithCallback", ClassPath.application())
					.argument("--loopguard.blockhound-callback=false"),
				(started) -> {
					started.awaitOutput("The call was not interrupted", 1);
					return Expectation.finds().check(started);
				});
	}

	@Test
	void ownNativeMark() throws Exception {
		StartMatrix.row("a native mark in the user's own builder",
				Launch.launcher("InstallsWithNativeMark", ClassPath.application()), (started) -> {
					started.awaitOutput("Blocking call! java.lang.Runtime#freeMemory", 1);
					return Expectation.finds().check(started);
				});
	}

	@Test
	void junitPlatform() throws Exception {
		ClassPath classPath = ClassPath.application()
			.withTestJars(
					"blockhound-junit-platform|junit-.*|spring-test|spring-boot-test.*|opentest4j|apiguardian-api");
		StartMatrix.row("`blockhound-junit-platform`", Launch.launcher("RunsJunit", classPath), (started) -> {
			started.awaitEnd();
			assertThat(started.output()).contains("1 tests successful");
			assertThat(started.warnings()).isEmpty();
			return "ACTIVE, found";
		});
	}

	@Test
	void severalContexts() throws Exception {
		Launch launch = Launch.launcher("SeveralContexts", ClassPath.application()).upWith("The third is up");
		StartMatrix.row("two contexts, one closed, a third opened", launch, (started) -> {
			started.awaitOutput("The third is up", 1);
			List<String> ports = started.ports();
			started.get(ports.get(1), "/block");
			started.get(ports.get(2), "/block");
			Expectation.assertFound(Started.json(started.get(ports.get(2), "/actuator/blocking")), 2);
			assertThat(started.warnings()).isEmpty();
			return "ACTIVE, found in both";
		});
	}

	@Test
	@Tag("any-jdk")
	void parentAndChild() throws Exception {
		StartMatrix.row("parent and child context", Launch.launcher("ParentAndChild", ClassPath.application()),
				Expectation.finds());
	}

	@Test
	@Tag("any-jdk")
	void managementPort() throws Exception {
		Launch launch = Launch.executableJar().argument("--management.server.port=0");
		StartMatrix.row("separate management port", launch, (started) -> {
			started.awaitOutput("Started StartApplication", 1);
			started.get("/block");
			String report = started.get(started.get("/management-port"), "/actuator/blocking");
			assertThat(report).contains("\"status\":\"ACTIVE\"");
			Expectation.assertFound(Started.json(report), 1);
			assertThat(started.warnings()).isEmpty();
			return "ACTIVE, found";
		});
	}

	@Test
	@Tag("any-jdk")
	void bootstrapContext() throws Exception {
		StartMatrix.row("Spring Cloud-like bootstrap context",
				Launch.launcher("WithBootstrapContext", ClassPath.application()), Expectation.finds());
	}

	@Test
	@Tag("any-jdk")
	void devtools(@TempDir Path folder) throws Exception {
		Path classes = copyOfClasses(folder);
		Launch launch = Launch
			.application(ClassPath.application().withClassesIn(classes).withTestJars("spring-boot-devtools"))
			.option("-Dspring.devtools.restart.poll-interval=400ms", "-Dspring.devtools.restart.quiet-period=200ms");
		StartMatrix.row("devtools, restarted twice", launch, (started) -> {
			for (int round = 1; round <= 3; round++) {
				started.awaitOutput("Started StartApplication", round);
				List<String> ports = started.ports();
				started.get(ports.get(ports.size() - 1), "/block");
				Expectation.assertFound(Started.json(started.get(ports.get(ports.size() - 1), "/actuator/blocking")),
						round);
				Files.writeString(classes.resolve("touched.properties"), "round=" + round);
			}
			assertThat(started.warnings()).isEmpty();
			return "ACTIVE, found thrice";
		});
	}

	@Test
	void openTelemetryBefore() throws Exception {
		StartMatrix.row("OpenTelemetry's agent before us, with an allowance of an integration",
				Launch.launcher("CallsWhatIsAllowed", ClassPath.application().withVariant("allowances"))
					.option("-javaagent:" + ClassPath.jar("opentelemetry-javaagent"))
					.option(OPENTELEMETRY),
				(started) -> {
					started.awaitOutput("The task read", 1);
					String seen = Expectation.finds().check(started);
					assertThat(started.output()).doesNotContain("Allows").doesNotContain("reactor.blockhound.shaded");
					return seen;
				});
	}

	@Test
	void openTelemetryAfter() throws Exception {
		StartMatrix.row("OpenTelemetry's agent after us",
				Launch.executableJar().option(OPENTELEMETRY).option("-XX:+EnableDynamicAgentLoading"), (started) -> {
					started.get("/actuator/health");
					ByteBuddyAgent.attach(ClassPath.jar("opentelemetry-javaagent").toFile(),
							String.valueOf(started.pid()));
					return Expectation.finds().check(started);
				});
	}

	@Test
	void jacocoAndMockito() throws Exception {
		StartMatrix.row("JaCoCo and Mockito inline",
				Launch.launcher("MocksFirst", ClassPath.application().withTestJars("mockito-core|objenesis"))
					.option("-javaagent:" + ClassPath.jar("org.jacoco.agent") + "=destfile="
							+ ClassPath.TARGET.resolve("start-tests.exec")),
				Expectation.finds());
	}

	@Test
	@Tag("any-jdk")
	void log4j() throws Exception {
		StartMatrix.row("Log4j2 instead of Logback",
				Launch.application(ClassPath.application()
					.without("logback-classic|logback-core|log4j-to-slf4j|spring-boot-starter-logging")
					.withTestJars("log4j-core|log4j-slf4j2-impl|log4j-jul|log4j-api")),
				Expectation.finds());
	}

	@Test
	@Tag("any-jdk")
	void lazyInitialization() throws Exception {
		StartMatrix.row("`spring.main.lazy-initialization=true`",
				Launch.executableJar().argument("--spring.main.lazy-initialization=true"), Expectation.finds());
	}

	@Test
	@Tag("any-jdk")
	void webClientOnly() throws Exception {
		StartMatrix.row("`web-application-type=none`, WebClient only",
				Launch.launcher("ClientOnly", ClassPath.application())
					.argument("--spring.main.web-application-type=none"),
				Expectation.logs());
	}

	@Test
	@Tag("any-jdk")
	void brokenProviderFile() throws Exception {
		StartMatrix.row("a provider file that names a missing class",
				Launch.application(ClassPath.application().withVariant("missing-provider")),
				Expectation.findsDespite("com.example.missing.Integration", "not found"));
	}

	static Path extract(Path folder) throws Exception {
		Path jar = Path.of(Launch.executableJar().what().get(1));
		try (Started extraction = Launch.jar(jar)
			.option("-Djarmode=tools")
			.argument("extract", "--destination", folder.resolve("extracted").toString())
			.start()) {
			assertThat(extraction.exitCode()).as(extraction.output()).isZero();
		}
		return folder.resolve("extracted").resolve(jar.getFileName());
	}

	private static Path copyOfClasses(Path folder) throws IOException {
		Path source = ClassPath.TARGET.resolve("classes");
		Path copy = folder.resolve("classes");
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Files.copy(file, copy.resolve(source.relativize(file).toString()));
			}
		}
		return copy;
	}

}
