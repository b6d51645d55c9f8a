package com.example.matrix;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ways to start an application in which something may be missing, as long as it says what
 * and what to do.
 */
class MayDegradeStartTests {

	private static final String FLAG = "-XX:+AllowRedefinitionToAddDeleteMethods";

	@TempDir
	static Path shared;

	@Test
	void blockHoundAsAgentOfAnExecutableJar() throws Exception {
		StartMatrix.row("`java -jar`, `-javaagent:blockhound.jar`",
				Launch.executableJar().option("-javaagent:" + ClassPath.application().find("blockhound-"), FLAG),
				Expectation.degrades("UNAVAILABLE", "remove -javaagent:blockhound.jar"));
	}

	@Test
	void runtimeWithoutAttach() throws Exception {
		StartMatrix.row("`jlink` runtime without `jdk.attach`",
				Launch.executableJar().onRuntime(runtimeLinkedWithoutAttach()),
				Expectation.degrades("UNAVAILABLE", "jdk.attach", "-javaagent:byte-buddy-agent.jar"));
	}

	@Test
	void remedyOfARuntimeWithoutAttach() throws Exception {
		StartMatrix.row("the same with `-javaagent:byte-buddy-agent.jar`",
				Launch.executableJar()
					.onRuntime(runtimeLinkedWithoutAttach())
					.option("-javaagent:" + ClassPath.application().find("byte-buddy-agent-")),
				Expectation.finds());
	}

	@Test
	void unwritableTemporaryFolder() throws Exception {
		StartMatrix.row("unwritable `java.io.tmpdir`",
				Launch.application(ClassPath.application()).option("-Djava.io.tmpdir=/dev/null/tmp"),
				Expectation.degrades("UNAVAILABLE", "/dev/null/tmp", "-Djava.io.tmpdir"));
	}

	@Test
	void nativeAndSealedMarksOfAnIntegration() throws Exception {
		StartMatrix.row("native and sealed marks of an integration",
				Launch.launcher("CallsWhatIsMarked", ClassPath.application().withVariant("marks")), (started) -> {
					String seen = Expectation.findsDespite("java.lang.Thread#setPriority0", "native and not public")
						.check(started);
					assertThat(seen).doesNotContain("Sealed");
					started.awaitOutput("com.example.launcher.Marks.Sealed.work [marked-blocking]", 1);
					return seen;
				});
	}

	@Test
	void oldByteBuddy(@TempDir Path folder) throws Exception {
		ClassPath application = ClassPath.application();
		Path jar = OldByteBuddy.make(Path.of(application.find("byte-buddy-1")), folder);
		StartMatrix.row("a Byte Buddy that is too old for the JDK",
				Launch.application(application.without("byte-buddy-1").with(jar)),
				Expectation.degrades("UNAVAILABLE", "Byte Buddy", "cannot read the class files of Java", "or later"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "Native images need 25")
	void nativeImage() throws Exception {
		StartMatrix.row("GraalVM native image (its hints, on a JVM)",
				Launch
					.application(ClassPath.application()
						.with(ClassPath.TARGET.resolve(Path.of("spring-aot", "main", "classes")),
								ClassPath.TARGET.resolve(Path.of("spring-aot", "main", "resources"))))
					.option("-Dorg.graalvm.nativeimage.imagecode=runtime", "-Dspring.aot.enabled=true"),
				Expectation.degrades("UNAVAILABLE", "native image", "run on a JVM"));
	}

	@Test
	void unknownVersionOfBlockHound(@TempDir Path folder) throws Exception {
		ClassPath application = ClassPath.application();
		Path jar = OtherBlockHound.make(Path.of(application.find("blockhound-")), folder);
		StartMatrix.row("an unknown version of BlockHound",
				Launch.application(application.without("blockhound").with(jar)),
				Expectation.degrades("UNAVAILABLE", FLAG, "1.0.17.RELEASE"));
	}

	@Test
	void unknownVersionOfBlockHoundWithTheFlag(@TempDir Path folder) throws Exception {
		ClassPath application = ClassPath.application();
		Path jar = OtherBlockHound.make(Path.of(application.find("blockhound-")), folder);
		StartMatrix.row("an unknown version of BlockHound, with the JVM flag",
				Launch.application(application.without("blockhound").with(jar)).option(FLAG),
				Expectation.findsDespite("marks of other integrations"));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_17, disabledReason = "Security managers are no more")
	void lockedReflection() throws Exception {
		StartMatrix.row("a security-locked `setAccessible`",
				Launch.application(ClassPath.application().withLaunchers())
					.option("-Djava.security.manager=com.example.launcher.LocksReflection"),
				Expectation.degrades("UNAVAILABLE", FLAG));
	}

	// jlink keeps state in statics: two at a time in one JVM fail with "zip file closed"
	// or
	// "already present".
	private static synchronized Path runtimeLinkedWithoutAttach() {
		Path runtime = shared.resolve("runtime");
		if (Files.notExists(runtime)) {
			StringWriter output = new StringWriter();
			PrintWriter printer = new PrintWriter(output, true);
			int linked = ToolProvider.findFirst("jlink")
				.orElseThrow()
				.run(printer, printer, "--add-modules", "java.se,jdk.management,jdk.unsupported", "--output",
						runtime.toString());
			assertThat(linked).as("jlink: %s", output).isZero();
		}
		return runtime;
	}

}
