package io.github.loopguard.bridge.operation;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;

/**
 * {@link Files} for reactive code: each operation runs in a lane, once per subscription,
 * and fails as its namesake does. Each {@code Flux} reads as fast as it is requested and
 * closes its resources at its end, on error and on cancel.
 *
 * @since 0.1
 */
public final class LaneFiles {

	private final Lane lane;

	private LaneFiles(Lane lane) {
		this.lane = lane;
	}

	/**
	 * Returns the file operations of a lane.
	 * @param lane where they run
	 * @return the operations
	 */
	public static LaneFiles in(Lane lane) {
		return new LaneFiles(lane);
	}

	/**
	 * Reads a whole file as UTF-8 text.
	 * @param path the file
	 * @return its text
	 */
	public Mono<String> readString(Path path) {
		return readString(path, StandardCharsets.UTF_8);
	}

	/**
	 * Reads a whole file as text.
	 * @param path the file
	 * @param charset how it is encoded
	 * @return its text
	 */
	public Mono<String> readString(Path path, Charset charset) {
		return this.lane.call(() -> Files.readString(path, charset));
	}

	/**
	 * Reads a whole file.
	 * @param path the file
	 * @return its bytes
	 */
	public Mono<byte[]> readBytes(Path path) {
		return this.lane.call(() -> Files.readAllBytes(path));
	}

	/**
	 * Reads the lines of a UTF-8 file.
	 * @param path the file
	 * @return its lines without line terminators
	 */
	public Flux<String> lines(Path path) {
		return this.lane.stream(() -> Files.lines(path));
	}

	/**
	 * Writes UTF-8 text.
	 * @param path the file
	 * @param text the text
	 * @param options how to open it; none means create or replace
	 * @return completes when it is written
	 */
	public Mono<Void> writeString(Path path, CharSequence text, OpenOption... options) {
		return this.lane.run(() -> Files.writeString(path, text, options));
	}

	/**
	 * Writes bytes.
	 * @param path the file
	 * @param bytes the bytes; must not change before the end
	 * @param options how to open it; none means create or replace
	 * @return completes when they are written
	 */
	public Mono<Void> writeBytes(Path path, byte[] bytes, OpenOption... options) {
		return this.lane.run(() -> Files.write(path, bytes, options));
	}

	/**
	 * Lists a directory.
	 * @param directory the directory
	 * @return the paths of its entries, in no order
	 */
	public Flux<Path> list(Path directory) {
		return this.lane.stream(() -> Files.list(directory));
	}

	/**
	 * Lists a directory together with the attributes of each entry.
	 * @param directory the directory
	 * @return its entries, in no order; an entry that is deleted meanwhile is left out
	 */
	public Flux<FileEntry> scan(Path directory) {
		return this.lane.stream(() -> Files.list(directory).flatMap(FileEntry::of));
	}

	/**
	 * Lists the entries of a directory whose names match a pattern.
	 * @param directory the directory
	 * @param glob the pattern, such as <code>*.{txt,md}</code>
	 * @return the paths of the matching entries, in no order
	 */
	public Flux<Path> glob(Path directory, String glob) {
		return this.lane.stream(() -> {
			PathMatcher matcher = directory.getFileSystem().getPathMatcher("glob:" + glob);
			return Files.list(directory).filter((entry) -> matcher.matches(entry.getFileName()));
		});
	}

	/**
	 * Walks a tree of directories, depth first.
	 * @param start the first directory
	 * @param depth maximum number of levels, {@code Integer.MAX_VALUE} for all
	 * @return the paths, the start included
	 */
	public Flux<Path> walk(Path start, int depth) {
		return this.lane.stream(() -> Files.walk(start, depth));
	}

	/**
	 * Reads a file's attributes.
	 * @param path the file
	 * @return size, times and kind
	 */
	public Mono<BasicFileAttributes> stat(Path path) {
		return this.lane.call(() -> Files.readAttributes(path, BasicFileAttributes.class));
	}

	/**
	 * Returns whether a file exists.
	 * @param path the file
	 * @return whether it exists
	 */
	public Mono<Boolean> exists(Path path) {
		return this.lane.call(() -> Files.exists(path));
	}

	/**
	 * Copies a file.
	 * @param from the original
	 * @param to the copy
	 * @param options how to copy
	 * @return the copy's path
	 */
	public Mono<Path> copy(Path from, Path to, CopyOption... options) {
		return this.lane.call(() -> Files.copy(from, to, options));
	}

	/**
	 * Moves or renames a file.
	 * @param from the current path
	 * @param to the new path
	 * @param options how to move
	 * @return the new path
	 */
	public Mono<Path> move(Path from, Path to, CopyOption... options) {
		return this.lane.call(() -> Files.move(from, to, options));
	}

	/**
	 * Deletes a file if it exists.
	 * @param path the file, or an empty directory
	 * @return whether it existed
	 */
	public Mono<Boolean> delete(Path path) {
		return this.lane.call(() -> Files.deleteIfExists(path));
	}

	/**
	 * Creates a directory and its missing parents.
	 * @param directory the directory
	 * @return its path
	 */
	public Mono<Path> createDirectories(Path directory) {
		return this.lane.call(() -> Files.createDirectories(directory));
	}

	/**
	 * Creates an empty temporary file, which the caller deletes.
	 * @param prefix beginning of its name, {@code null} for none
	 * @param suffix end of its name, {@code null} for {@code .tmp}
	 * @return its path
	 */
	public Mono<Path> createTempFile(@Nullable String prefix, @Nullable String suffix) {
		return this.lane.call(() -> Files.createTempFile(prefix, suffix));
	}

	/**
	 * Creates a temporary file and deletes it at the end, on error and on cancel.
	 * @param use uses the file
	 * @param <T> type of the elements
	 * @return the elements of the publisher that {@code use} returns
	 */
	public <T> Flux<T> withTempFile(Function<? super Path, ? extends Publisher<? extends T>> use) {
		Mono<Path> file = createTempFile("loopguard", null).doOnDiscard(Path.class, (path) -> delete(path).subscribe());
		return Flux.usingWhen(file, use, this::delete);
	}

	/**
	 * Opens a file for reading or writing at any position. The caller closes it; on a
	 * cancel before the file is emitted it is closed automatically.
	 * @param path the file
	 * @param options how to open it; none means for reading
	 * @return the open file
	 */
	public Mono<LaneFile> open(Path path, OpenOption... options) {
		return this.lane.call(() -> LaneFile.open(this.lane, path, options))
			.doOnDiscard(LaneFile.class, (file) -> file.close().subscribe());
	}

	/**
	 * Opens a file and closes it at the end, on error and on cancel.
	 * @param path the file
	 * @param use uses the file
	 * @param options how to open it; none means for reading
	 * @param <T> type of the elements
	 * @return the elements of the publisher that {@code use} returns
	 */
	public <T> Flux<T> withOpen(Path path, Function<? super LaneFile, ? extends Publisher<? extends T>> use,
			OpenOption... options) {
		return Flux.usingWhen(open(path, options), use, LaneFile::close);
	}

}
