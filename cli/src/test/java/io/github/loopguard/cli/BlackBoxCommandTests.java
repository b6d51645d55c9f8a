package io.github.loopguard.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.blackbox.BlackBoxHeader;
import io.github.loopguard.blackbox.BlackBoxRecord.LoopSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StallSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StoppedSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationsDropped;
import io.github.loopguard.blackbox.RecordRing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a black box shows, and files that are none.
 */
class BlackBoxCommandTests {

	private static final Instant START = Instant.parse("2026-11-29T20:26:20Z");

	private static final String LINE = "com.acme.Prices.compute(Prices.java:42)";

	@TempDir
	private Path directory;

	private final ByteBuffer content = ByteBuffer.allocate(1 << 20);

	private final RecordRing ring = new RecordRing(this.content, new BlackBoxHeader("shop", 4_711, START, "17", "0.2"),
			4_711);

	@Test
	void showsWhatWasStuckAtTheEnd() throws IOException {
		this.ring.add(loop("reactor-http-epoll-1", 1, START.plusSeconds(1), "IDLE"));
		this.ring.add(loop("gone-1", 7, START.plusSeconds(1), "IDLE"));
		this.ring
			.add(stall(1, "reactor-http-epoll-1", START.plusSeconds(100), Duration.ofMillis(300), true, List.of()));
		this.ring.add(stall(2, "reactor-http-epoll-1", START.plusSeconds(200), Duration.ofMillis(200), false,
				List.of(LINE, "com.acme.PriceController.price(PriceController.java:17)")));
		this.ring.add(violation("GET /price"));
		this.ring.add(new StoppedSeen(START.plusSeconds(203), 3, Duration.ofMillis(1_500)));
		this.ring.add(new ViolationsDropped(START.plusSeconds(204), 9));
		this.ring.add(loop("reactor-http-epoll-1", 1, START.plusSeconds(204), "STALLED"));
		this.ring
			.add(stall(2, "reactor-http-epoll-1", START.plusSeconds(210), Duration.ofSeconds(10), false, List.of()));
		this.ring.alive(START.plusSeconds(220));
		Run run = Run.of("black-box", write());
		assertThat(run.err()).isEmpty();
		assertThat(run.code()).isZero();
		assertThat(run.out().lines()).containsExactly(
				"shop, process 4711, started 2026-11-29T20:26:20Z, Loopguard 0.2, Java 17",
				"9 entries from 2026-11-29T20:26:21Z to 2026-11-29T20:30:00Z", "", "Stuck at the end:",
				"  reactor-http-epoll-1, for 20 s, BLOCKED at " + LINE
						+ ", waits for java.lang.Object, held by thread holder, violation 3fa9c1d2e4b7",
				"      at " + LINE, "      at com.acme.PriceController.price(PriceController.java:17)",
				"      2 frames are left out", "", "Event loops at the end:",
				"  reactor-http-epoll-1: STALLED, 96 % of the CPU lately, 1 task pending, 2 turns over the threshold, "
						+ "delay up to 412 ms",
				"", "What happened:",
				"  2026-11-29T20:28:00Z  reactor-http-epoll-1 was stuck for 300 ms, BLOCKED at " + LINE
						+ ", waits for java.lang.Object, held by thread holder, violation 3fa9c1d2e4b7",
				"  2026-11-29T20:29:42Z  violation 3fa9c1d2e4b7: com.acme.Prices.compute [loop-stall] at " + LINE
						+ ", in GET /price",
				"      fix: bridge.cpu(() -> expensive(input))",
				"  2026-11-29T20:29:43Z  the JVM had stood still, 3 times and 1500 ms in all since its start",
				"  2026-11-29T20:29:44Z  9 violations since the start came too fast to be recorded");
	}

	@Test
	void emptyBlackBoxIsOne() throws IOException {
		this.ring.alive(START);
		Run run = Run.of("black-box", write());
		assertThat(run.code()).isZero();
		assertThat(run.out()).contains("0 entries", "No event loop was stuck at the end.");
	}

	@Test
	void jsonHasEveryEntry() throws IOException {
		this.ring.add(loop("reactor-http-epoll-1", 1, START, "BUSY"));
		this.ring.add(stall(1, "\u001b[2Jloop\u202e", START, Duration.ofMillis(300), true, List.of(LINE)));
		this.ring.add(violation(null));
		this.ring.add(new StoppedSeen(START, 3, Duration.ZERO));
		this.ring.add(new ViolationsDropped(START, 9));
		this.ring.alive(START.plusSeconds(1));
		Run run = Run.of("black-box", "--json", write());
		assertThat(run.code()).as(run.err()).isZero();
		assertThat(run.out()).matches("[\\x20-\\x7e]+\\R");
		JsonNode json = JsonMapper.shared().readTree(run.out());
		assertThat(json.at("/schema").asInt()).isEqualTo(1);
		assertThat(json.at("/header/application").asString()).isEqualTo("shop");
		assertThat(json.at("/alive").asString()).isEqualTo("2026-11-29T20:26:21Z");
		assertThat(json.at("/entries").valueStream().map((entry) -> entry.at("/kind").asString()))
			.containsExactly("loop", "stall", "violation", "stopped", "violations-dropped");
		assertThat(json.at("/entries/1/loop").asString()).isEqualTo("\u001b[2Jloop\u202e");
		assertThat(json.at("/entries/1/duration").asString()).isEqualTo("PT0.3S");
		assertThat(json.at("/entries/1/stack/0").asString()).isEqualTo(LINE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u001b[2J", "\u001b]0;title\u0007", "\u202e", "\u200b", "\r", "\n::error::forged",
			"::error::forged", "##[error]forged", "##vso[task.complete]" })
	void textOfOthersActsOnNothing(String hostile) throws IOException {
		this.ring.add(loop(hostile, 1, START, hostile));
		this.ring.add(new StallSeen(START, 1, hostile, 1, Duration.ofSeconds(1), false, hostile, hostile, hostile,
				hostile, hostile, List.of(hostile), 0));
		this.ring.add(new StallSeen(START, 2, hostile, 1, Duration.ofSeconds(1), true, hostile, hostile, hostile,
				hostile, hostile, List.of(hostile), 0));
		this.ring.add(new ViolationSeen(START, hostile, hostile, hostile, hostile, hostile, List.of(hostile), hostile,
				List.of(hostile), hostile, hostile, hostile));
		this.ring.alive(START);
		for (Run run : List.of(Run.of("black-box", write()), Run.of("black-box", this.directory.resolve(hostile)))) {
			assertThat(run.out() + run.err())
				.doesNotContainPattern("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]")
				.doesNotContainPattern("(?m)^\\s*::")
				.doesNotContain("##[", "##vso", "A defect");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 7, 31, 32, 100, 4_096, 100_000, (1 << 20) - 1 })
	void truncatedFileIsRefused(int size) throws IOException {
		assertRefused(Arrays.copyOf(this.content.array(), size), "");
	}

	@Test
	void foreignFilesAreRefused() throws IOException {
		assertRefused("{\"schema\": 1}".getBytes(), "is no black box of Loopguard");
		assertRefused(new byte[2 << 20], "is no black box of Loopguard");
		byte[] random = new byte[1 << 20];
		new Random(42).nextBytes(random);
		assertRefused(random, "is no black box of Loopguard");
		assertRefused(Run.of("black-box", this.directory), "is not a file");
		assertRefused(Run.of("black-box", this.directory.resolve("\u001b[2J")), "\\u001b[2J does not exist");
	}

	@Test
	void fileThatClaimsToBeLargeNeedsNoMemory() throws IOException {
		this.content.putInt(12, 256 << 20);
		assertRefused(this.content.array(), "is incomplete: it has 1048576 of 268435456 bytes");
	}

	@Test
	void whateverIsChangedEndsWithoutAStackTrace() throws IOException {
		IntStream.range(0, 200)
			.forEach((i) -> this.ring
				.add(stall(i, "parallel-" + i, START, Duration.ofSeconds(i), i % 2 == 0, List.of(LINE))));
		Random random = new Random(42);
		for (int round = 0; round < 300; round++) {
			byte[] changed = this.content.array().clone();
			for (int i = random.nextInt(20); i >= 0; i--) {
				changed[random.nextInt(random.nextBoolean() ? 4_200 : 40_000)] = (byte) random.nextInt();
			}
			Run run = Run.of("black-box", write(changed));
			assertThat(run.code()).as(run.err()).isIn(0, 2);
			assertThat(run.err()).doesNotContain("A defect", "\tat ");
		}
	}

	private void assertRefused(byte[] bytes, String problem) throws IOException {
		assertRefused(Run.of("black-box", write(bytes)), problem);
		assertRefused(Run.of("black-box", "--json", write(bytes)), problem);
	}

	private static void assertRefused(Run run, String problem) {
		assertThat(run.err()).hasLineCount(1).contains(problem).doesNotContain("A defect").hasSizeLessThan(1_000);
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
	}

	private Path write() throws IOException {
		return write(this.content.array());
	}

	private Path write(byte[] bytes) throws IOException {
		return Files.write(this.directory.resolve("written.blackbox"), bytes);
	}

	private static LoopSeen loop(String name, long thread, Instant at, String state) {
		return new LoopSeen(at, name, thread, state, 0.96, 1, 2, 0, Duration.ofMillis(412));
	}

	private static StallSeen stall(long number, String loop, Instant at, Duration duration, boolean over,
			List<String> stack) {
		return new StallSeen(at, number, loop, 1, duration, over, "BLOCKED", "java.lang.Object", "holder", LINE,
				"3fa9c1d2e4b7", stack, stack.isEmpty() ? 0 : 2);
	}

	private static ViolationSeen violation(String route) {
		return new ViolationSeen(START.plusSeconds(202), "3fa9c1d2e4b7", "loop-stall", "com.acme.Prices.compute",
				"APPLICATION", "LOG", List.of("loop-monitor"), LINE, List.of("reactor-http-epoll-1"), route, null,
				"bridge.cpu(() -> expensive(input))");
	}

}
