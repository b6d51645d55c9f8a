package io.github.loopguard.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads many broken files in a JVM with little memory.
 */
@Tag("any-jdk")
class FileFuzzTests {

	private static final int FILES = Integer.getInteger("loopguard.fuzz.files", 2_500);

	private static final long SEED = Long.getLong("loopguard.fuzz.seed", ThreadLocalRandom.current().nextLong());

	@TempDir
	private Path directory;

	@Test
	void nothingInAFileEndsInAnythingButAMessage() throws IOException, InterruptedException {
		System.out.println("FileFuzzTests: -Dloopguard.fuzz.seed=" + SEED);
		Path log = this.directory.resolve("log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				FileFuzzer.class.getName(), this.directory.toString(), String.valueOf(FILES), String.valueOf(SEED))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("ends, with seed %d", SEED).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(log).as("seed %d", SEED).content().isEqualTo(FILES + " files\n");
		assertThat(process.exitValue()).isZero();
	}

}
