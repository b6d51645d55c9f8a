package com.example.matrix;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In production nothing is instrumented unless it is asked for, and what the JVM shares
 * between processes stays shared.
 */
class ProductionStartTests {

	private static final String BOOT_CLASS_PATH = "Sharing is only supported for boot loader classes";

	private static final String OF_ARCHIVE = "(?m)^.*org\\.springframework\\.\\S+ source: shared objects file \\(top\\)";

	@Test
	void productionLoadsNothingOfBlockHound() throws Exception {
		StartMatrix.row("production profile",
				withIntegrations().argument("--spring.profiles.active=prod")
					.argument("--loopguard.loop-monitor.grace=0s")
					.option("-Xlog:class+load"),
				(started) -> {
					started.get("/block");
					started.awaitOutput("Loopguard: profile production; detectors: loop-monitor", 1);
					started.awaitOutput("; off: blockhound; nothing degraded", 1);
					assertThat(started.output()).contains("reactor.core.publisher.Mono ")
						.doesNotContain("reactor.blockhound", "net.bytebuddy", "com.example.launcher.Marks",
								"sun.instrument.", BOOT_CLASS_PATH);
					JsonNode report = started.report();
					assertThat(report.path("status").asString()).isEqualTo("ACTIVE");
					assertThat(report.path("detectors").path(0).path("state").asString()).isEqualTo("OFF");
					assertThat(report.path("violations").toString()).doesNotContain("\"blockhound\"");
					started.get("/compute");
					started.awaitOutput("com.example.start.Routes.compute [loop-stall]", 1);
					assertThat(started.output()).doesNotContain("reactor.blockhound", BOOT_CLASS_PATH);
					assertThat(started.warnings()).isEmpty();
					return "ACTIVE without BlockHound; no class of it loaded";
				});
	}

	@Test
	void developmentInstrumentsAsLongAsItIsNotToldOtherwise() throws Exception {
		StartMatrix.row("development profile", withIntegrations(), (started) -> {
			started.get("/block");
			assertThat(started.output()).contains(BOOT_CLASS_PATH);
			return "the JVM warns of the boot class path";
		});
		StartMatrix.row("`loopguard.blockhound.enabled=false`",
				withIntegrations().argument("--loopguard.blockhound.enabled=false").option("-Xlog:class+load"),
				(started) -> {
					started.get("/block");
					assertThat(started.report().path("status").asString()).isEqualTo("ACTIVE");
					assertThat(started.output()).doesNotContain("reactor.blockhound", BOOT_CLASS_PATH);
					return "ACTIVE without BlockHound; no class of it loaded";
				});
	}

	@Test
	void productionInstrumentsIfAskedTo() throws Exception {
		StartMatrix.row("production profile, `loopguard.blockhound.enabled=true`",
				Launch.application(ClassPath.application())
					.argument("--loopguard.profile=production")
					.argument("--loopguard.blockhound.enabled=true"),
				(started) -> {
					started.get("/block");
					Expectation.assertFound(started.report(), 1);
					return "found";
				});
	}

	@Test
	@Tag("any-jdk")
	void userWhoInstallsBlockHoundHimselfHasIt() throws Exception {
		StartMatrix.row("production profile, `BlockHound.install()` by the application",
				Launch.launcher("InstallsBefore", ClassPath.application()).argument("--loopguard.profile=production"),
				(started) -> {
					started.get("/block");
					Expectation.assertFound(started.report(), 1);
					return "found";
				});
	}

	@Test
	void archiveOfClassesIsUsed() throws Exception {
		Path archive = Files.createDirectories(ClassPath.TARGET.resolve("starts")).resolve("application.jsa");
		Launch production = Launch
			.application(ClassPath.application()
				.withClassesIn(ClassPath.TARGET.resolve("loopguard-start-tests-0.1.0-SNAPSHOT.jar")))
			.argument("--loopguard.profile=production");
		try (Started training = production.option("-XX:ArchiveClassesAtExit=" + archive)
			.option("-Dspring.context.exit=onRefresh")
			.start()) {
			training.awaitEnd();
			assertThat(archive).as(training.output()).exists();
		}
		StartMatrix.row("production profile, archive of classes",
				production.option("-XX:SharedArchiveFile=" + archive).option("-Xlog:class+load"), (started) -> {
					started.get("/block");
					assertThat(started.output()).containsPattern(OF_ARCHIVE).doesNotContain(BOOT_CLASS_PATH);
					return "classes come from the archive";
				});
	}

	private static Launch withIntegrations() {
		return Launch.application(ClassPath.application().withLaunchers().withVariant("marks"));
	}

}
