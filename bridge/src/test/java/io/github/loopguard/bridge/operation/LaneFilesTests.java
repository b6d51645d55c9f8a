package io.github.loopguard.bridge.operation;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneFiles}.
 */
class LaneFilesTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("files").withThreads(2));

	private final LaneFiles files = LaneFiles.in(this.lane);

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void writesAndReadsTextAndBytes() {
		Path file = this.directory.resolve("a.txt");
		StepVerifier
			.create(this.files.writeString(file, "grüße")
				.then(this.files.writeString(file, "!", StandardOpenOption.APPEND))
				.then(this.files.readString(file)))
			.expectNext("grüße!")
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.files.writeBytes(file, new byte[] { 1, 2 }).then(this.files.readBytes(file)))
			.assertNext((bytes) -> assertThat(bytes).containsExactly(1, 2))
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.files.readString(this.directory.resolve("missing")))
			.expectError(NoSuchFileException.class)
			.verify(SOON);
	}

	@Test
	void readsLinesOnDemand() throws Exception {
		Path file = this.directory.resolve("lines");
		Files.write(file, IntStream.range(0, 5000).mapToObj(String::valueOf).toList());
		StepVerifier.create(this.files.lines(file), 2)
			.expectNext("0", "1")
			.thenRequest(Long.MAX_VALUE)
			.expectNextCount(4998)
			.expectComplete()
			.verify(SOON);
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void aFileWhoseLinesAreCancelledIsClosed() throws Exception {
		Path file = this.directory.resolve("unread");
		Files.write(file, IntStream.range(0, 5000).mapToObj(String::valueOf).toList());
		StepVerifier.create(this.files.lines(file), 1).expectNext("0").thenCancel().verify(SOON);
		// A stream releases its permit when it is closed.
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().open()).isZero());
	}

	@Test
	void listsScansGlobsAndWalks() throws Exception {
		Path sub = this.directory.resolve("sub");
		StepVerifier
			.create(this.files.createDirectories(sub)
				.then(this.files.writeString(sub.resolve("b.md"), "bb"))
				.then(this.files.writeString(this.directory.resolve("a.txt"), "a")))
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.files.list(this.directory).map(this::name).collectSortedList())
			.expectNext(List.of("a.txt", "sub"))
			.expectComplete()
			.verify(SOON);
		StepVerifier
			.create(this.files.scan(this.directory)
				.filter((entry) -> entry.attributes().isDirectory())
				.map(FileEntry::path))
			.expectNext(sub)
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.files.glob(this.directory, "*.{txt,md}").map(this::name))
			.expectNext("a.txt")
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.files.walk(this.directory, Integer.MAX_VALUE).count())
			.expectNext(4L)
			.expectComplete()
			.verify(SOON);
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void copiesMovesStatsAndDeletes() {
		Path a = this.directory.resolve("a");
		Path b = this.directory.resolve("b");
		Path c = this.directory.resolve("c");
		StepVerifier
			.create(this.files.writeString(a, "1234")
				.then(this.files.copy(a, b))
				.then(this.files.move(b, c))
				.then(Mono.zip(this.files.exists(b), this.files.stat(c), this.files.delete(a))))
			.assertNext((all) -> {
				assertThat(all.getT1()).isFalse();
				assertThat(all.getT2().size()).isEqualTo(4);
				assertThat(all.getT3()).isTrue();
			})
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.files.delete(a)).expectNext(false).expectComplete().verify(SOON);
	}

	@Test
	void anOpenFileReadsWritesSeeksAndForces() {
		Path file = this.directory.resolve("random");
		StepVerifier.create(this.files.withOpen(file,
				(open) -> open.write(utf8("hello world"))
					.then(open.seek(6))
					.then(open.write(utf8("there")))
					.then(open.force())
					.then(open.truncate(9))
					.then(open.seek(0))
					.then(Mono.zip(open.read(5), open.position(), open.size(),
							open.seek(9).then(open.read(5)).hasElement())),
				StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE))
			.assertNext((all) -> {
				assertThat(StandardCharsets.UTF_8.decode(all.getT1()).toString()).isEqualTo("hello");
				assertThat(all.getT2()).isEqualTo(5);
				assertThat(all.getT3()).isEqualTo(9);
				assertThat(all.getT4()).isFalse();
			})
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void anOpenFileIsClosedOnCancel() {
		Path file = this.directory.resolve("cancel");
		AtomicReference<LaneFile> lent = new AtomicReference<>();
		StepVerifier.create(this.files.withOpen(file, (open) -> {
			lent.set(open);
			return open.size().then(Mono.never());
		}, StandardOpenOption.CREATE, StandardOpenOption.WRITE))
			.then(() -> Awaitility.await().until(() -> lent.get() != null))
			.thenCancel()
			.verify(SOON);
		Awaitility.await()
			.untilAsserted(() -> StepVerifier.create(lent.get().size())
				.expectError(ClosedChannelException.class)
				.verify(SOON));
	}

	@Test
	void aTemporaryFileIsDeletedAtTheEndAndOnError() {
		AtomicReference<Path> lent = new AtomicReference<>();
		StepVerifier.create(this.files.withTempFile((path) -> {
			lent.set(path);
			return this.files.writeString(path, "x").then(Mono.error(new IllegalStateException("stop")));
		})).expectErrorMessage("stop").verify(SOON);
		assertThat(lent.get()).doesNotExist();
	}

	private String name(Path path) {
		return path.getFileName().toString();
	}

	private static ByteBuffer utf8(String text) {
		return StandardCharsets.UTF_8.encode(text);
	}

}
