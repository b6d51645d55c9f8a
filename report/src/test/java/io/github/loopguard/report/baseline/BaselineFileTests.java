package io.github.loopguard.report.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BaselineFile}.
 */
class BaselineFileTests {

	@TempDir
	private Path repository;

	private Path module;

	@BeforeEach
	void createModule() throws IOException {
		Files.createDirectory(this.repository.resolve(".git"));
		this.module = Files.createDirectories(this.repository.resolve("services/orders"));
	}

	@Test
	void liesInTheModuleUnlessADirectoryAboveHasOne() throws IOException {
		assertThat(BaselineFile.of(this.module).path()).isEqualTo(this.module.resolve(BaselineFile.NAME));
		Path above = Files.createFile(this.repository.resolve(BaselineFile.NAME));
		assertThat(BaselineFile.of(this.module).path()).isEqualTo(above);
		Path own = Files.createFile(this.module.resolve(BaselineFile.NAME));
		assertThat(BaselineFile.of(this.module).path()).isEqualTo(own);
	}

	@Test
	void isNotLookedForBeyondTheRepository() throws IOException {
		Files.createDirectory(this.module.resolve(".git"));
		Files.createFile(this.repository.resolve(BaselineFile.NAME));
		assertThat(BaselineFile.of(this.module).path()).isEqualTo(this.module.resolve(BaselineFile.NAME));
	}

	@Test
	void isWrittenOnlyWhenSomethingChanges() throws IOException {
		BaselineFile file = BaselineFile.of(this.module);
		assertThat(file.read()).isEmpty();
		assertThat(file.update(UnaryOperator.identity())).isFalse();
		assertThat(file.exists()).isFalse();
		assertThat(file.update(adding("A#a"))).isTrue();
		assertThat(file.update(adding("A#a"))).isFalse();
		assertThat(file.read().orElseThrow().entries()).containsExactly(Entries.recorded("A#a"));
		assertThat(leftovers()).containsExactly(BaselineFile.NAME);
	}

	@Test
	void staysAsItIsWhenItMakesNoSense() throws IOException {
		BaselineFile file = BaselineFile.of(this.module);
		Files.writeString(file.path(), "{\n  \"schema\": 1,\n");
		assertThatExceptionOfType(BaselineException.class).isThrownBy(() -> file.update(adding("A#a")))
			.withMessageStartingWith("The baseline " + file.path() + ", line ");
		assertThat(file.path()).hasContent("{\n  \"schema\": 1,\n");
		assertThat(leftovers()).containsExactly(BaselineFile.NAME);
	}

	@Test
	void keepsTheEndsOfLinesThatVersionControlMade() throws IOException {
		BaselineFile file = BaselineFile.of(this.module);
		String text = BaselineText.write(new Baseline(List.of(Entries.recorded("A#a")))).replace("\n", "\r\n");
		Files.writeString(file.path(), text);
		assertThat(file.update(UnaryOperator.identity())).isFalse();
		assertThat(file.path()).content().isEqualTo(text);
	}

	@Test
	void losesNothingWhenProcessesWriteAtOnce() throws Exception {
		BaselineFile file = BaselineFile.of(this.module);
		List<Process> writers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			writers.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
					System.getProperty("java.class.path"), Writer.class.getName(), file.toString(), "W" + i)
				.inheritIO()
				.start());
		}
		for (Process writer : writers) {
			assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(writer.exitValue()).isZero();
		}
		assertThat(file.read().orElseThrow().entries()).extracting((entry) -> entry.key().at())
			.containsExactlyElementsOf(IntStream.range(0, 3)
				.boxed()
				.flatMap(
						(writer) -> IntStream.range(100, 100 + Writer.ENTRIES).mapToObj((i) -> "W" + writer + "#m" + i))
				.toList());
		assertThat(leftovers()).containsExactly(BaselineFile.NAME);
	}

	private List<String> leftovers() throws IOException {
		try (Stream<Path> files = Files.list(this.module)) {
			return files.map((path) -> path.getFileName().toString()).toList();
		}
	}

	private static UnaryOperator<Baseline> adding(String at) {
		BaselineEntry entry = Entries.recorded(at);
		return (baseline) -> baseline.with(List.of(entry));
	}

	/**
	 * Writes one entry after the other.
	 */
	static final class Writer {

		static final int ENTRIES = 40;

		private Writer() {
		}

		public static void main(String[] args) {
			for (int i = 100; i < 100 + ENTRIES; i++) {
				new BaselineFile(Path.of(args[0])).update(adding(args[1] + "#m" + i));
			}
		}

	}

}
