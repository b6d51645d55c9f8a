package io.github.loopguard.blackbox.recorder;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Violation;
import io.github.loopguard.blackbox.BlackBoxHeader;
import io.github.loopguard.blackbox.BlackBoxSettings;
import io.github.loopguard.blackbox.BlackBoxSettings.Recording;
import io.github.loopguard.blackbox.recorder.RecordingDirectory.UnusableDirectoryException;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.ledger.Ledger;

/**
 * Keeps the file open that settings ask for, and records into it. What goes wrong is a
 * problem to be shown; it is tried again every minute.
 */
final class FileRecorder {

	private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

	private static final int MOST_VIOLATIONS = 100;

	private final LoopMonitor monitor;

	private final Ledger ledger;

	private final AnnouncedViolations announced;

	private @Nullable Recording current;

	private volatile @Nullable RecordingFile file;

	private volatile @Nullable String problem;

	private @Nullable Journal journal;

	private long checkedAt;

	FileRecorder(LoopMonitor monitor, Ledger ledger, AnnouncedViolations announced) {
		this.monitor = monitor;
		this.ledger = ledger;
		this.announced = announced;
	}

	/**
	 * Returns the file that is written, or {@code null} if there is none. May be called
	 * by any thread.
	 */
	@Nullable RecordingFile file() {
		return this.file;
	}

	/**
	 * Returns why nothing is recorded, and what to do about it, or {@code null}. May be
	 * called by any thread.
	 */
	@Nullable String problem() {
		return this.problem;
	}

	/**
	 * Records what is new.
	 * @param settings where to
	 * @param now the time in nanoseconds
	 */
	void look(BlackBoxSettings settings, long now) {
		Recording wanted = settings.recording();
		if (!Objects.equals(wanted, this.current)) {
			close(false);
			this.current = wanted;
			this.problem = null;
			this.checkedAt = now - MINUTE;
		}
		if (wanted == null) {
			return;
		}
		if (now - this.checkedAt >= MINUTE) {
			this.checkedAt = now;
			check(wanted, settings.application());
		}
		Journal journal = this.journal;
		RecordingFile file = this.file;
		if (journal != null && file != null) {
			Instant at = Instant.now();
			file.alive(at);
			journal.look(at, now);
			this.announced.record(at, file::add);
		}
	}

	/**
	 * Stops to record.
	 * @param keep whether the file stays where it is
	 */
	void close(boolean keep) {
		RecordingFile closed = this.file;
		this.file = null;
		this.journal = null;
		if (closed != null) {
			try {
				closed.close(keep);
			}
			catch (IOException ex) {
				this.problem = "cannot delete " + closed.path() + ", because of " + ex + "; delete it";
			}
		}
	}

	/**
	 * Gives up the file because it cannot be written any more.
	 */
	void failed(Throwable reason) {
		close(false);
		this.problem = "cannot write " + ((this.current != null) ? this.current.directory() : "the file")
				+ ", because of " + reason
				+ "; leave the file alone while the application runs, it is created again within a minute";
	}

	private void check(Recording wanted, String application) {
		RecordingFile known = this.file;
		if (known != null && known.isGone()) {
			close(false);
			known = null;
		}
		if (known == null) {
			open(wanted, application);
		}
	}

	private void open(Recording wanted, String application) {
		try {
			BlackBoxHeader header = ThisJvm.header(application);
			RecordingDirectory directory = RecordingDirectory.open(wanted, header);
			directory.prune(wanted.keep() - 1);
			RecordingFile created = RecordingFile.create(directory.file(), wanted.size(), header);
			this.journal = new Journal(this.monitor, created::add);
			Instant at = Instant.now();
			this.announced.clear();
			this.ledger.violations()
				.stream()
				.limit(MOST_VIOLATIONS)
				.map((violation) -> AnnouncedViolations.seen(at, violation))
				.forEach(created::add);
			this.file = created;
			this.problem = null;
		}
		catch (UnusableDirectoryException ex) {
			this.problem = ex.getMessage();
		}
		catch (IOException ex) {
			this.problem = "cannot create the file of " + wanted.size() + " bytes in " + wanted.directory()
					+ ", because of " + ex
					+ "; free space, name another directory by loopguard.black-box.directory, or "
					+ "lower loopguard.black-box.size";
		}
	}

}
