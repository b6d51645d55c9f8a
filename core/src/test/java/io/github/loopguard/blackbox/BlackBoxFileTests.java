package io.github.loopguard.blackbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.loopguard.blackbox.BlackBoxRecord.LoopSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StallSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StoppedSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationsDropped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is written is read again, whatever happens to the file.
 */
class BlackBoxFileTests {

	private static final long SALT = 0x5DEECE66DL;

	private static final Instant AT = Instant.parse("2026-11-29T20:15:30.123Z");

	private static final BlackBoxHeader HEADER = new BlackBoxHeader("shop", 4_711, AT, "17.0.15+6", "0.2.0");

	@TempDir
	private Path directory;

	private final ByteBuffer file = ByteBuffer.allocate(RecordRing.SMALLEST);

	private final RecordRing ring = new RecordRing(this.file, HEADER, SALT);

	@Test
	void everyKindOfRecordIsReadAsItWasWritten() throws IOException {
		List<BlackBoxRecord> records = List.of(
				new LoopSeen(AT, "reactor-http-epoll-1", 42, "BUSY", 0.25, 7, 3, 1, Duration.ofMillis(412)),
				new LoopSeen(AT, "parallel-1", 43, "IDLE", 0, null, 0, 0, Duration.ZERO),
				stall(1, "com.acme.Prices.compute(Prices.java:42)"),
				new StallSeen(AT, 2, "parallel-1", 43, Duration.ofSeconds(5), true, "BLOCKED", "java.lang.Object",
						"holder", null, "3fa9c1d2e4b7", List.of(), 0),
				new ViolationSeen(AT, "3fa9c1d2e4b7", "file-read", "java.nio.file.Files.readString", "APPLICATION",
						"LOG", List.of("blockhound", "loop-monitor"), "com.acme.A.b(A.java:1)", List.of("parallel-1"),
						"GET /a", "4bf92f35", "read it once"),
				new ViolationSeen(AT, "3fa9c1d2e4b8", "sleep", "java.lang.Thread.sleep", "UNKNOWN", "OBSERVE",
						List.of(), null, List.of(), null, null, ""),
				new StoppedSeen(AT, 5, Duration.ZERO), new ViolationsDropped(AT, 6));
		records.forEach(this.ring::add);
		this.ring.alive(AT.plusSeconds(1));
		BlackBoxFile read = read();
		assertThat(read.header()).isEqualTo(HEADER);
		assertThat(read.alive()).isEqualTo(AT.plusSeconds(1));
		assertThat(read.records()).containsExactlyElementsOf(records);
	}

	@Test
	void oldestRecordsAreWrittenOver() throws IOException {
		int written = 20_000;
		IntStream.range(0, written).forEach((i) -> this.ring.add(stall(i, "frame " + "x".repeat(i % 97))));
		List<Long> numbers = numbers(read());
		assertThat(numbers).hasSizeBetween(500, 2_000)
			.isSorted()
			.doesNotHaveDuplicates()
			.endsWith((long) (written - 1));
		assertThat(numbers.get(numbers.size() - 1) - numbers.get(0)).isEqualTo(numbers.size() - 1L);
	}

	@Test
	void fileIsWholeAfterEveryRecord() throws IOException {
		for (int i = 0; i < 400; i++) {
			this.ring.add(stall(i, "x".repeat(i % 11 * 40), 100));
			assertThat(numbers(read())).isSorted().endsWith((long) i).hasSizeGreaterThan(Math.min(i, 4));
		}
	}

	@Test
	void tornRecordHidesNoOther() throws IOException {
		IntStream.range(0, 10).forEach((i) -> this.ring.add(stall(i, "frame")));
		byte[] bytes = this.file.array();
		int second = indexOf(bytes, FileLayout.MARK, FileLayout.HEADER_SIZE + 4);
		for (int i = second; i < second + 60; i++) {
			byte before = bytes[i];
			bytes[i] ^= 0x40;
			assertThat(numbers(read())).as("byte %d", i - second).containsExactly(0L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
			bytes[i] = before;
		}
	}

	@Test
	void textThatLooksLikeARecordIsNone() throws IOException {
		byte[] forged = Arrays.copyOfRange(forged(), FileLayout.HEADER_SIZE, FileLayout.HEADER_SIZE + 400);
		this.ring.add(stall(1, "frame"));
		int end = FileLayout.HEADER_SIZE + 256;
		System.arraycopy(forged, 0, this.file.array(), end, forged.length);
		assertThat(numbers(read())).containsExactly(1L);
	}

	@Test
	void whatIsLongIsCut() throws IOException {
		String text = "\ud83d\ude00".repeat(5_000);
		this.ring.add(new StallSeen(AT, 1, text, 1, Duration.ofDays(1), false, text, text, text, text, text,
				Collections.nCopies(2_000, text), 7));
		StallSeen read = (StallSeen) read().records().findFirst().orElseThrow();
		assertThat(read.loop()).hasSize(500);
		assertThat(read.stack()).isNotEmpty();
		assertThat(read.stack().size() + read.omitted()).isEqualTo(2_007);
		String name = "\uffff".repeat(10_000);
		RecordRing named = new RecordRing(ByteBuffer.wrap(this.file.array()),
				new BlackBoxHeader(name, 1, AT, name, name), SALT);
		named.alive(AT);
		assertThat(read().header().application()).hasSize(200);
	}

	@Test
	void recordOfALaterVersionIsLeftOut() throws IOException {
		this.ring.add(new StoppedSeen(AT, 1, Duration.ZERO));
		int at = FileLayout.HEADER_SIZE;
		int length = this.file.getInt(at + FileLayout.RECORD_LENGTH);
		this.file.put(at + FileLayout.FRAME_SIZE, (byte) 99);
		this.file.putInt(at + FileLayout.RECORD_CHECKSUM,
				FileLayout.checksum(SALT, 1, this.file.array(), at + FileLayout.FRAME_SIZE, length));
		this.ring.add(new StoppedSeen(AT, 2, Duration.ZERO));
		assertThat(read().records()).containsExactly(new StoppedSeen(AT, 2, Duration.ZERO));
	}

	@Test
	void fileMustHaveRoomForAnyRecord() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RecordRing(ByteBuffer.allocate(RecordRing.SMALLEST - 1), HEADER, SALT));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 8, 31, 32, 4_095, 4_096, 10_000 })
	void truncatedFileIsRefused(int size) throws IOException {
		this.ring.add(stall(1, "frame"));
		Path truncated = Files.write(this.directory.resolve("truncated"), Arrays.copyOf(this.file.array(), size));
		assertThatExceptionOfType(UnreadableBlackBoxException.class).isThrownBy(() -> BlackBoxFile.read(truncated))
			.withMessageContaining(truncated + ((size < 32) ? " is no black box" : " is incomplete: it has " + size));
	}

	@Test
	void foreignFileIsRefused() throws IOException {
		assertRefused(Files.writeString(this.directory.resolve("text"), "x".repeat(100_000)), "is no black box");
		assertRefused(this.directory, "is not a file");
		assertRefused(this.directory.resolve("missing"), "does not exist");
		this.file.putInt(FileLayout.VERSION_AT, 2);
		assertRefused(write(), "has format 2, and this version of Loopguard reads format 1");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 4_096, Integer.MAX_VALUE, BlackBoxFile.LARGEST })
	void sizeInTheHeaderIsNotBelieved(int size) throws IOException {
		this.file.putInt(FileLayout.SIZE_AT, size);
		assertRefused(write(), (size == BlackBoxFile.LARGEST) ? "is incomplete" : "is damaged");
	}

	@Test
	void manyRecordsWithAWrongChecksumAreRefusedSoon() throws IOException {
		ByteBuffer large = ByteBuffer.allocate(16 << 20);
		new RecordRing(large, HEADER, SALT);
		for (int at = FileLayout.HEADER_SIZE; at + 8 <= large.capacity(); at += 8) {
			large.putInt(at, FileLayout.MARK);
			large.putInt(at + 4, RecordOutput.CAPACITY);
		}
		Path file = Files.write(this.directory.resolve("large"), large.array());
		assertRefused(file, "too many of its entries have a wrong checksum");
	}

	@Test
	void recordsInNoOrderAreRefused() throws IOException {
		IntStream.range(0, 4).forEach((i) -> this.ring.add(new StoppedSeen(AT, i, Duration.ZERO)));
		int size = FileLayout.sizeOf(this.file.getInt(FileLayout.HEADER_SIZE + FileLayout.RECORD_LENGTH));
		byte[] bytes = this.file.array();
		byte[] first = Arrays.copyOfRange(bytes, FileLayout.HEADER_SIZE, FileLayout.HEADER_SIZE + size);
		System.arraycopy(first, 0, bytes, FileLayout.HEADER_SIZE + size, size);
		System.arraycopy(first, 0, bytes, FileLayout.HEADER_SIZE + 3 * size, size);
		assertRefused(write(), "in no order");
	}

	@Test
	void whateverIsChangedIsReadOrRefused() throws IOException {
		IntStream.range(0, 3_000).forEach((i) -> this.ring.add(stall(i, "frame")));
		byte[] valid = this.file.array().clone();
		Random random = new Random(42);
		int refused = 0;
		for (int round = 0; round < 2_000; round++) {
			byte[] bytes = valid.clone();
			for (int i = random.nextInt(8); i >= 0; i--) {
				int limit = random.nextBoolean() ? 64 : bytes.length;
				bytes[random.nextInt(limit)] = (byte) random.nextInt();
			}
			try {
				BlackBoxFile.read(Files.write(this.directory.resolve("changed"), bytes)).records().toList();
			}
			catch (UnreadableBlackBoxException ex) {
				refused++;
			}
		}
		assertThat(refused).isBetween(1, 1_999);
	}

	@Test
	void whateverIsInARecordIsReadOrLeftOut() throws IOException {
		Random random = new Random(42);
		for (int round = 0; round < 5_000; round++) {
			byte[] values = new byte[random.nextInt(120)];
			random.nextBytes(values);
			if (values.length > 0) {
				values[0] = (byte) (1 + random.nextInt(5));
			}
			try {
				RecordFormat.decode(new RecordInput(ByteBuffer.wrap(values)));
			}
			catch (RuntimeException ex) {
				assertThat(ex).isNotInstanceOf(NullPointerException.class);
			}
		}
	}

	private byte[] forged() {
		ByteBuffer other = ByteBuffer.allocate(RecordRing.SMALLEST);
		new RecordRing(other, HEADER, SALT + 1).add(stall(666, "forged"));
		return other.array();
	}

	private BlackBoxFile read() throws IOException {
		return BlackBoxFile.read(write());
	}

	private Path write() throws IOException {
		return Files.write(this.directory.resolve("written"), this.file.array());
	}

	private static void assertRefused(Path file, String problem) {
		assertThatExceptionOfType(UnreadableBlackBoxException.class).isThrownBy(() -> BlackBoxFile.read(file))
			.withMessageStartingWith(file.toString())
			.withMessageContaining(problem);
	}

	private static List<Long> numbers(BlackBoxFile file) {
		return file.records().map(StallSeen.class::cast).map(StallSeen::number).toList();
	}

	private static int indexOf(byte[] bytes, int mark, int from) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		int at = from / 8 * 8 + 8;
		while (buffer.getInt(at) != mark) {
			at += 8;
		}
		return at;
	}

	private static StallSeen stall(long number, String frame) {
		return stall(number, frame, 3);
	}

	private static StallSeen stall(long number, String frame, int frames) {
		return new StallSeen(AT, number, "parallel-1", 43, Duration.ofMillis(number), false, "BUSY", null, null,
				"com.acme.Prices.compute(Prices.java:42)", null, Collections.nCopies(frames, frame), 2);
	}

}
