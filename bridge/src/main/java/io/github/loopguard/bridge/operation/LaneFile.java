package io.github.loopguard.bridge.operation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;

/**
 * An open file whose operations run in a lane, one after another in the order of
 * subscription. In a lane that interrupts on cancel, cancelling a running operation
 * closes the file, because an interrupt closes its channel.
 *
 * @since 0.1
 */
public final class LaneFile {

	private final FileChannel channel;

	private final Lane lane;

	private LaneFile(FileChannel channel, Lane lane) {
		this.channel = channel;
		this.lane = lane.ordered(this);
	}

	static LaneFile open(Lane lane, Path path, OpenOption... options) throws IOException {
		Set<? extends OpenOption> how = (options.length == 0) ? Set.of(StandardOpenOption.READ) : Set.of(options);
		return new LaneFile(FileChannel.open(path, how), lane);
	}

	/**
	 * Reads from the current position.
	 * @param most maximum number of bytes, at least 1
	 * @return the bytes, ready to be read from the buffer; empty at the end of the file
	 */
	public Mono<ByteBuffer> read(int most) {
		return this.lane.call(() -> {
			ByteBuffer buffer = ByteBuffer.allocate(most);
			return (this.channel.read(buffer) >= 0) ? buffer.flip() : null;
		});
	}

	/**
	 * Writes all remaining bytes at the current position.
	 * @param bytes the bytes; must not change before the end
	 * @return the number of bytes written
	 */
	public Mono<Integer> write(ByteBuffer bytes) {
		return this.lane.call(() -> {
			int written = 0;
			while (bytes.hasRemaining()) {
				written += this.channel.write(bytes);
			}
			return written;
		});
	}

	/**
	 * Sets the position.
	 * @param position the new position, in bytes from the start
	 * @return completes when it is set
	 */
	public Mono<Void> seek(long position) {
		return this.lane.run(() -> this.channel.position(position));
	}

	/**
	 * Returns the position.
	 * @return bytes from the start
	 */
	public Mono<Long> position() {
		return this.lane.call(this.channel::position);
	}

	/**
	 * Returns the size.
	 * @return the size in bytes
	 */
	public Mono<Long> size() {
		return this.lane.call(this.channel::size);
	}

	/**
	 * Truncates the file.
	 * @param size the new size in bytes
	 * @return completes when it is truncated
	 */
	public Mono<Void> truncate(long size) {
		return this.lane.run(() -> this.channel.truncate(size));
	}

	/**
	 * Writes all changes to the disk.
	 * @return completes when they are written
	 */
	public Mono<Void> force() {
		return this.lane.run(() -> this.channel.force(true));
	}

	/**
	 * Closes the file after the running operations.
	 * @return completes when it is closed
	 */
	public Mono<Void> close() {
		return this.lane.run(this.channel::close);
	}

}
