package io.github.loopguard.report.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
	void saysThatItIsADirectory() throws IOException {
		Files.createDirectory(this.module.resolve(BaselineFile.NAME));
		BaselineFile file = BaselineFile.of(this.module);
		assertThatExceptionOfType(BaselineException.class).isThrownBy(file::read)
			.withMessageStartingWith("The baseline " + file.path() + ": it is a directory");
	}

	@Test
	void mayHaveAByteOrderMark() throws IOException {
		BaselineFile file = BaselineFile.of(this.module);
		String text = "\ufeff" + BaselineText.write(new Baseline(List.of(Entries.recorded("A#a"))));
		Files.writeString(file.path(), text);
		assertThat(file.read().orElseThrow().entries()).hasSize(1);
		assertThat(file.update(UnaryOperator.identity())).isFalse();
		assertThat(file.path()).content().isEqualTo(text);
		assertThat(BaselineText.read("b.json", text).entries()).hasSize(1);
	}

	@Test
	void saysHowLargeItMayBe() throws IOException {
		BaselineFile file = BaselineFile.of(this.module);
		try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(new byte[] { '{' }), 3L << 30);
		}
		assertThatExceptionOfType(BaselineException.class).isThrownBy(file::read)
			.withMessageContaining("it has 3073 MB, and the limit is 16 MB");
	}

	@Test
	void writesThroughNoLinkThatLiesInItsWay() throws IOException {
		Path victim = Files.writeString(this.repository.resolve("victim"), "precious");
		BaselineFile file = BaselineFile.of(this.module);
		Path temporary = this.module.resolve(BaselineFile.NAME + "." + ProcessHandle.current().pid() + ".tmp");
		Files.createSymbolicLink(temporary, victim);
		assertThat(file.update(adding("A#a"))).isTrue();
		assertThat(victim).hasContent("precious");
		assertThat(temporary).isSymbolicLink();
		Path lock = this.module.resolve(BaselineFile.NAME + ".lock");
		Files.createSymbolicLink(lock, victim);
		assertThatExceptionOfType(BaselineException.class).isThrownBy(() -> file.update(adding("B#b")))
			.withMessageContaining(lock + " is a symbolic link");
		assertThat(victim).hasContent("precious");
		Files.delete(lock);
		Files.createLink(lock, victim);
		assertThatExceptionOfType(BaselineException.class).isThrownBy(() -> file.update(adding("B#b")))
			.withMessageContaining(lock + " has content");
		assertThat(victim).hasContent("precious");
		Files.delete(lock);
		assertThat(file.update(adding("B#b"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 8, 17, 20, 40 })
	void leavesNothingOnAFullDisk(int freeBlocks) throws IOException {
		int block = 4096;
		Configuration disk = Configuration.unix().toBuilder().setBlockSize(block).setMaxSize(100L * block).build();
		try (FileSystem system = Jimfs.newFileSystem(disk)) {
			Path directory = system.getPath("/work");
			BaselineFile file = new BaselineFile(directory.resolve(BaselineFile.NAME));
			Files.createFile(directory.resolve(".git"));
			file.update(adding("A#a"));
			String before = Files.readString(file.path());
			Files.write(directory.resolve("others"), new byte[(99 - freeBlocks) * block]);
			List<BaselineEntry> many = IntStream.range(0, 1_000).mapToObj((i) -> Entries.recorded("C#m" + i)).toList();
			assertThatExceptionOfType(BaselineException.class)
				.isThrownBy(() -> file.update((baseline) -> baseline.with(many)))
				.withMessageContaining("could not be written");
			assertThat(file.path()).content().isEqualTo(before);
			try (Stream<Path> left = Files.list(directory)) {
				assertThat(left.map((path) -> path.getFileName().toString()))
					.containsExactlyInAnyOrder(BaselineFile.NAME, ".git", "others");
			}
		}
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
