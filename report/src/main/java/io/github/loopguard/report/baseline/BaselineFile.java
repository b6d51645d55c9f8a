package io.github.loopguard.report.baseline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.report.file.AtomicFile;

/**
 * A baseline on disk. Any number of processes may read it and change it at the same time:
 * a reader sees the whole of the file before or after a change, and no change is lost.
 *
 * @since 0.1
 */
public final class BaselineFile {

	/**
	 * Name of the file unless it is configured.
	 */
	public static final String NAME = "loopguard-baseline.json";

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private final Path path;

	/**
	 * Creates an instance.
	 * @param path the file, which need not exist
	 */
	public BaselineFile(Path path) {
		this.path = path.toAbsolutePath().normalize();
	}

	/**
	 * Returns the file of a module: the one in its base directory, or the nearest one
	 * above within the repository.
	 * @param directory the module's base directory
	 * @return the file that exists, or the one that would be created in the base
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
	 * Returns where the file is.
	 * @return its absolute path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Returns whether the file exists.
	 * @return {@code true} if it exists
	 */
	public boolean exists() {
		return Files.exists(this.path);
	}

	/**
	 * Reads the file.
	 * @return the baseline, or empty if there is no file
	 * @throws BaselineException if the file cannot be read
	 */
	public Optional<Baseline> read() {
		return exists() ? Optional.of(BaselineText.read(this.path.toString(), text())) : Optional.empty();
	}

	/**
	 * Changes the file, unless nothing changes. A file that cannot be read is left as it
	 * is.
	 * @param change returns the new baseline for the one in the file at that moment
	 * @return whether the file was written
	 * @throws BaselineException if the file cannot be read
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
				AtomicFile.write(file, text);
				return true;
			}
		}
		catch (IOException ex) {
			throw new BaselineException(this.path.toString(), "it could not be written: " + ex, ex);
		}
	}

	/**
	 * Returns whether the file has this text already, apart from the line ends, which
	 * version control may change.
	 */
	private boolean isSame(String text) {
		return text().replace("\r\n", "\n").equals(text);
	}

	/**
	 * Returns the text of the file, without the byte order mark of some editors.
	 */
	private String text() {
		if (Files.isDirectory(this.path)) {
			throw new BaselineException(this.path.toString(), 0,
					"it is a directory. Remove it, or name a file with loopguard.baseline.location");
		}
		try (InputStream in = Files.newInputStream(this.path)) {
			byte[] content = in.readNBytes(BaselineReader.LONGEST + 1);
			if (content.length > BaselineReader.LONGEST) {
				throw BaselineReader.tooLarge(this.path.toString(), Math.max(content.length, Files.size(this.path)));
			}
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
			return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw new BaselineException(this.path.toString(), "it is not encoded in UTF-8", ex);
		}
		catch (IOException ex) {
			throw new BaselineException(this.path.toString(), "it cannot be read: " + ex, ex);
		}
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
