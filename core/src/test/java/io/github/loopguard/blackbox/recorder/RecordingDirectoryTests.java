package io.github.loopguard.blackbox.recorder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.blackbox.BlackBoxHeader;
import io.github.loopguard.blackbox.BlackBoxSettings.Recording;
import io.github.loopguard.blackbox.recorder.RecordingDirectory.UnusableDirectoryException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where files are created, who may read them, and which are kept.
 */
@DisabledOnOs(OS.WINDOWS)
class RecordingDirectoryTests {

	private static final BlackBoxHeader HEADER = new BlackBoxHeader("my shop/π", 4_711,
			Instant.parse("2026-11-29T20:15:30.123Z"), "17", "0.2");

	private static final int SIZE = Recording.SMALLEST;

	@TempDir
	private Path parent;

	@Test
	void directoryAndFileAreForTheirOwnerOnly() throws IOException {
		Path named = this.parent.resolve("a/b");
		Path file = open(named).file();
		assertThat(file)
			.isEqualTo(named.toRealPath().resolve("loopguard-my_shop__-20261129T201530.123Z-4711.blackbox"));
		RecordingFile created = RecordingFile.create(file, SIZE, HEADER);
		assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
		assertThat(Files.getPosixFilePermissions(named)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
		assertThat(file).hasSize(SIZE);
		created.close(false);
		assertThat(file).doesNotExist();
	}

	@Test
	void noSymbolicLinkIsFollowed() throws IOException {
		Path target = Files.createDirectory(this.parent.resolve("target"));
		Path link = Files.createSymbolicLink(this.parent.resolve("link"), target);
		assertThatExceptionOfType(UnusableDirectoryException.class).isThrownBy(() -> open(link))
			.withMessageContaining("loopguard.black-box.directory=" + link + " is a symbolic link")
			.withMessageContaining("name the directory that it points to");
		Path victim = Files.writeString(this.parent.resolve("victim"), "precious");
		Path planted = Files.createSymbolicLink(open(target).file(), victim);
		assertThatExceptionOfType(FileAlreadyExistsException.class)
			.isThrownBy(() -> RecordingFile.create(planted, SIZE, HEADER));
		assertThat(victim).hasContent("precious");
	}

	@Test
	void directoryThatCannotBeUsedIsNamedWithTheRemedy() throws IOException {
		Path file = Files.writeString(this.parent.resolve("file"), "");
		for (Path unusable : List.of(file, file.resolve("below"), Path.of("/proc/nothing/here"))) {
			assertThatExceptionOfType(UnusableDirectoryException.class).isThrownBy(() -> open(unusable))
				.withMessageContaining("loopguard.black-box.directory=" + unusable)
				.withMessageContaining("loopguard.black-box.enabled=false");
		}
	}

	@Test
	void lastFilesOfTheApplicationAreKept() throws IOException {
		RecordingDirectory directory = open(this.parent);
		for (int day = 1; day <= 9; day++) {
			Files.writeString(this.parent.resolve("loopguard-my_shop__-2026100" + day + "T000000.000Z-1.blackbox"), "");
		}
		Path link = Files.createSymbolicLink(this.parent.resolve("loopguard-my_shop__-20251001T000000.000Z-1.blackbox"),
				this.parent);
		List<Path> others = List.of(this.parent.resolve("loopguard-my_shop__-2-20261001T000000.000Z-1.blackbox"),
				this.parent.resolve("loopguard-other-20261001T000000.000Z-1.blackbox"),
				this.parent.resolve("loopguard-my_shop__-notes.blackbox"));
		for (Path other : others) {
			Files.writeString(other, "");
		}
		directory.prune(4);
		assertThat(others).allSatisfy((other) -> assertThat(other).exists());
		assertThat(Files.isSymbolicLink(link)).isTrue();
		try (Stream<Path> files = Files.list(this.parent)) {
			assertThat(files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.startsWith("loopguard-my_shop__-202610")))
				.containsExactlyInAnyOrder("loopguard-my_shop__-20261006T000000.000Z-1.blackbox",
						"loopguard-my_shop__-20261007T000000.000Z-1.blackbox",
						"loopguard-my_shop__-20261008T000000.000Z-1.blackbox",
						"loopguard-my_shop__-20261009T000000.000Z-1.blackbox");
		}
	}

	@Test
	void fileThatAProcessWritesIsNotDeleted() throws IOException {
		Path written = this.parent.resolve("loopguard-my_shop__-20261001T000000.000Z-1.blackbox");
		RecordingFile file = RecordingFile.create(written, SIZE, HEADER);
		open(this.parent).prune(0);
		assertThat(written).exists();
		file.close(true);
		open(this.parent).prune(0);
		assertThat(written).doesNotExist();
	}

	private static RecordingDirectory open(Path directory) {
		return RecordingDirectory.open(new Recording(directory, true, SIZE, 5), HEADER);
	}

}
