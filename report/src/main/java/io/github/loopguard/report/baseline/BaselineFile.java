package io.github.loopguard.report.baseline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.github.loopguard.baseline.Baseline;

/**
 * A baseline on disk. Any number of processes may read it and change it at the same time:
 * a reader sees the whole of the file before or after a change, and no change is lost.
 *
 * @param path the file
 * @since 0.1
 */
public record BaselineFile(Path path) {

	/**
	 * Name of the file unless it is configured.
	 */
	public static final String NAME = "loopguard-baseline.json";

	public BaselineFile {
		path = path.toAbsolutePath().normalize();
	}

	/**
	 * Finds the file of a module: in its base directory, or in the nearest directory
	 * above that has one, as far as the repository goes.
	 * @param directory the module's base directory
	 * @return the file that is there, or the one that would be created in the base
	 * directory
	 */
	public static BaselineFile of(Path directory) {
		Path base = directory.toAbsolutePath().normalize();
		for (Path current = base; current != null; current = current.getParent()) {
			if (Files.isRegularFile(current.resolve(NAME))) {
				return new BaselineFile(current.resolve(NAME));
			}
			if (Files.exists(current.resolve(".git"))) {
				break;
			}
		}
		return new BaselineFile(base.resolve(NAME));
	}

	/**
	 * Tells whether the file is there.
	 * @return whether it exists
	 */
	public boolean exists() {
		return Files.exists(this.path);
	}

	/**
	 * Reads the file.
	 * @return the baseline, or empty if there is no file
	 * @throws BaselineException if the file makes no sense
	 */
	public Optional<Baseline> read() {
		return exists() ? Optional.of(BaselineText.read(this.path.toString(), text())) : Optional.empty();
	}

	/**
	 * Changes the file, unless nothing changes. What makes no sense is not overwritten.
	 * @param change makes the new baseline of what the file has at that moment
	 * @return whether the file was written
	 * @throws BaselineException if the file makes no sense
	 */
	public boolean update(UnaryOperator<Baseline> change) {
		try {
			Path file = exists() ? this.path.toRealPath() : this.path;
			try (BaselineLock lock = BaselineLock.of(file)) {
				Optional<Baseline> present = read();
				Baseline changed = change.apply(present.orElse(Baseline.NONE));
				String text = BaselineText.write(changed);
				if ((present.isEmpty() && changed.isEmpty()) || (present.isPresent() && isSame(text))) {
					return false;
				}
				Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
				Files.writeString(temporary, text);
				move(temporary, file);
				return true;
			}
		}
		catch (IOException ex) {
			throw new BaselineException(this.path.toString(), "it could not be written: " + ex, ex);
		}
	}

	/**
	 * Tells whether writing would change nothing but what version control does to the
	 * ends of lines.
	 */
	private boolean isSame(String text) {
		return text().replace("\r\n", "\n").equals(text);
	}

	private String text() {
		try {
			return Files.readString(this.path);
		}
		catch (MalformedInputException ex) {
			throw new BaselineException(this.path.toString(), "it is not encoded in UTF-8", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The baseline " + this.path + " could not be read", ex);
		}
	}

	private static void move(Path from, Path to) throws IOException {
		try {
			Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (AtomicMoveNotSupportedException ex) {
			Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
