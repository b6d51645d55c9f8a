package io.github.loopguard.blackbox.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.blackbox.BlackBoxSettings;
import io.github.loopguard.blackbox.BlackBoxSettings.Recording;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.ledger.Ledger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to the file while the application runs.
 */
@DisabledOnOs(OS.WINDOWS)
class FileRecorderTests {

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	@TempDir
	private Path directory;

	private final FileRecorder recorder = new FileRecorder(new LoopMonitor(() -> null), new Ledger(Catalog.shipped()),
			new AnnouncedViolations());

	private long now = System.nanoTime();

	@AfterEach
	void close() {
		this.recorder.close(false);
	}

	@Test
	void deletedFileIsCreatedAgain() throws IOException {
		Path file = recordTo(this.directory);
		Files.delete(file);
		look(this.directory, MINUTE - 1);
		assertThat(file).doesNotExist();
		look(this.directory, 1);
		assertThat(file).exists();
		assertThat(this.recorder.problem()).isNull();
	}

	@Test
	void directoryThatBecomesUsableIsUsed() throws IOException {
		Path later = Files.writeString(this.directory.resolve("later"), "");
		look(later, 0);
		assertThat(this.recorder.problem()).contains("loopguard.black-box.directory=" + later);
		Files.delete(later);
		look(later, MINUTE);
		assertThat(this.recorder.problem()).isNull();
		assertThat(later).isDirectoryContaining("glob:**.blackbox");
	}

	@Test
	void otherSettingsBeginAnotherFile() throws IOException {
		Path first = recordTo(this.directory.resolve("first"));
		Path second = recordTo(this.directory.resolve("second"));
		assertThat(first).doesNotExist();
		assertThat(second).exists();
		this.recorder.look(BlackBoxSettings.OFF, this.now);
		assertThat(second).doesNotExist();
	}

	@Test
	void fileThatCannotBeWrittenIsGivenUpForAMinute() throws IOException {
		Path file = recordTo(this.directory);
		this.recorder.failed(new InternalError("a fault occurred"));
		assertThat(this.recorder.problem()).contains(this.directory.toString(), "a fault occurred", "within a minute");
		look(this.directory, MINUTE / 2);
		assertThat(file).doesNotExist();
		look(this.directory, MINUTE / 2);
		assertThat(file).exists();
		assertThat(this.recorder.problem()).isNull();
	}

	private Path recordTo(Path directory) {
		look(directory, 0);
		RecordingFile file = this.recorder.file();
		assertThat(file).as(this.recorder.problem()).isNotNull();
		return file.path();
	}

	private void look(Path directory, long later) {
		this.now += later;
		this.recorder.look(new BlackBoxSettings("shop", new Recording(directory, true, Recording.SMALLEST, 5), null),
				this.now);
	}

}
