package com.example.stall;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Held;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.blackbox.BlackBoxFile;
import io.github.loopguard.blackbox.BlackBoxRecord;
import io.github.loopguard.blackbox.BlackBoxRecord.LoopSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StallSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationsDropped;
import io.github.loopguard.blackbox.BlackBoxSettings;
import io.github.loopguard.blackbox.BlackBoxSettings.Port;
import io.github.loopguard.blackbox.BlackBoxSettings.Recording;
import io.github.loopguard.blackbox.UnreadableBlackBoxException;
import io.github.loopguard.blackbox.recorder.BlackBox;
import io.github.loopguard.detect.DetectorStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a black box records and answers.
 */
@DisabledOnOs(OS.WINDOWS)
class BlackBoxTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	private final Monitored monitored = new Monitored();

	private final BlackBox box = new BlackBox(this.monitored.monitor, this.monitored.ledger);

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("recorded", true), NioIoHandler.newFactory());

	private final EventLoop loop = this.group.next();

	private String thread;

	@BeforeEach
	void start() {
		this.box.configure(settings(LIMIT));
		this.thread = CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), this.loop).join();
		this.monitored.awaitWatched(this.thread);
		Awaitility.await().until(() -> this.box.port() > 0 && !files().isEmpty());
	}

	@AfterEach
	void stop() {
		this.box.configure(BlackBoxSettings.OFF);
		Awaitility.await().until(() -> files().isEmpty() && this.box.port() == -1);
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		this.monitored.close();
	}

	@Test
	void stallIsRecordedWhileItLastsAndWhenItIsOver() {
		Monitored.run(this.loop, () -> {
			Work.hot(2_000);
			return null;
		});
		StallSeen over = await(StallSeen.class, (stall) -> stall.over() && stall.loop().equals(this.thread));
		assertThat(over.duration()).isEqualTo(this.monitored.loop(over.loop()).longest().duration());
		assertThat(over.cause()).isEqualTo("BUSY");
		assertThat(over.place()).startsWith("com.example.stall.Work.hot(Work.java:");
		assertThat(over.violation()).isEqualTo(this.monitored.loop(over.loop()).longest().violation());
		List<StallSeen> lasting = records(StallSeen.class)
			.filter((stall) -> stall.number() == over.number() && !stall.over())
			.toList();
		assertThat(lasting).hasSizeGreaterThan(2);
		assertThat(lasting.get(0).stack()).anyMatch((frame) -> frame.startsWith("com.example.stall.Work.hot("));
		assertThat(lasting.get(0).duration()).isLessThan(lasting.get(2).duration());
	}

	@Test
	void stackThatStaysTheSameIsRecordedOnce() throws InterruptedException {
		CountDownLatch release = Work.hold("holder");
		this.loop.execute(Work::enter);
		StallSeen later = await(StallSeen.class, (stall) -> stall.duration().toMillis() > 1_500);
		release.countDown();
		assertThat(later.cause()).isEqualTo("BLOCKED");
		assertThat(later.blockedOn()).isEqualTo("java.lang.Object");
		assertThat(later.heldBy()).isEqualTo("holder");
		assertThat(records(StallSeen.class)
			.filter((stall) -> stall.number() == later.number() && !stall.stack().isEmpty())).hasSize(1);
		await(StallSeen.class, StallSeen::over);
	}

	@Test
	void shortStallIsRecordedToo() {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			Monitored.run(this.loop, () -> {
				Work.hot(150);
				return null;
			});
			assertThat(records(StallSeen.class).filter((stall) -> stall.over() && stall.loop().equals(this.thread)))
				.anySatisfy((over) -> assertThat(over.stack())
					.anyMatch((frame) -> frame.startsWith("com.example.stall.Work.hot(")));
		});
	}

	@Test
	void loopIsRecordedWhenItChanges() {
		await(LoopSeen.class, (seen) -> seen.loop().equals(this.thread));
		Monitored.run(this.loop, () -> {
			Work.hot(300);
			return null;
		});
		LoopSeen after = await(LoopSeen.class,
				(seen) -> seen.loop().equals(this.thread) && seen.turnsOverThreshold() == 1);
		assertThat(after.longestDelay()).isGreaterThan(Duration.ofMillis(200));
	}

	@Test
	void violationsAreRecordedAndThoseTooManyCounted() {
		Site site = Site.of(new Frame("com.acme.Prices", "compute", "Prices.java", 42), Map.of(42, 1L), 0);
		Violation violation = new Violation("3fa9c1d2e4b7", "loop-stall", "com.acme.Prices.compute",
				List.of("loop-monitor"), Origin.APPLICATION, Action.LOG, null, null, site, null, null, 1, Instant.EPOCH,
				Instant.EPOCH, 0, 0, new Held(1, Duration.ofSeconds(1), Duration.ofSeconds(1), null), new Waited(null),
				List.of("parallel-1"), "GET /price", null, "docs", "compute it elsewhere");
		this.box.announced().accept(violation);
		ViolationSeen seen = await(ViolationSeen.class, (it) -> true);
		assertThat(seen.id()).isEqualTo(violation.id());
		assertThat(seen.place()).isEqualTo("com.acme.Prices.compute(Prices.java:42)");
		assertThat(seen.fix()).isEqualTo(violation.fix());
		for (int i = 0; i < 100_000; i++) {
			this.box.announced().accept(violation);
		}
		assertThat(await(ViolationsDropped.class, (it) -> true).count()).isPositive();
	}

	@Test
	void statusNamesWhatIsMissing() throws IOException {
		assertThat(this.box.status().state()).isEqualTo(State.ACTIVE);
		this.box.configure(new BlackBoxSettings("shop", new Recording(Path.of("/proc/x"), true, 1 << 20, 5), null));
		Awaitility.await().until(() -> this.box.status().state() == State.DEGRADED);
		assertThat(this.box.status().reason()).contains("loopguard.black-box.directory=/proc/x");
		this.box.configure(settings(LIMIT));
		Awaitility.await().until(() -> this.box.status().state() == State.ACTIVE);
		this.monitored.close();
		assertThat(this.box.status().reason()).contains("loopguard.loop-monitor.enabled=true");
		assertThat(ask()).contains("200", "\"state\":\"unknown\"");
		this.box.configure(BlackBoxSettings.OFF);
		assertThat(this.box.status().state()).isEqualTo(State.OFF);
	}

	@Test
	void violationThatIsOlderThanTheFileIsRecordedOnce(@TempDir Path later) {
		Awaitility.await().until(() -> {
			Monitored.run(this.loop, () -> {
				Work.hot(300);
				return null;
			});
			return !this.monitored.ledger.violations().isEmpty();
		});
		Violation violation = this.monitored.ledger.violations().iterator().next();
		BlackBox second = new BlackBox(this.monitored.monitor, this.monitored.ledger);
		second.configure(new BlackBoxSettings("shop", new Recording(later, true, 1 << 20, 5), null));
		second.announced().accept(violation);
		Awaitility.await().until(() -> !files(later).isEmpty());
		Awaitility.await()
			.ignoreExceptionsInstanceOf(UnreadableBlackBoxException.class)
			.until(() -> records(later, LoopSeen.class).findAny().isPresent());
		assertThat(records(later, ViolationSeen.class).filter((seen) -> seen.id().equals(violation.id()))).hasSize(1);
		second.configure(BlackBoxSettings.OFF);
		Awaitility.await().until(() -> files(later).isEmpty());
	}

	@Test
	void loopWithTooMuchWorkIsSaturatedAndNotStuck() {
		Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> ask().contains("\"state\":\"fine\""));
		AtomicBoolean enough = new AtomicBoolean();
		for (int i = 0; i < 20_000; i++) {
			this.loop.execute(() -> Work.cool(enough.get() ? 0 : 1));
		}
		Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> ask().contains("\"state\":\"saturated\""));
		assertThat(ask()).contains("200", "\"stuckLoops\":0,\"saturatedLoops\":1", this.thread, "\"pending\":");
		enough.set(true);
		Monitored.run(this.loop, () -> null);
	}

	@Test
	void applicationIsDownOnlyWhenALoopIsStuckForLong() throws InterruptedException {
		CountDownLatch release = Work.hold("holder");
		this.loop.execute(Work::enter);
		Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> ask().contains("\"state\":\"stuck\""));
		assertThat(ask()).contains("200", "com.example.stall.Work.enter(Work.java:",
				"\"blockedOn\":\"java.lang.Object\"", "\"heldBy\":\"holder\"");
		this.box.configure(settings(Duration.ofSeconds(1)));
		Awaitility.await().atMost(Duration.ofSeconds(15)).ignoreExceptions().until(() -> ask().contains("503"));
		release.countDown();
		Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> ask().contains("\"state\":\"fine\""));
		assertThat(ask()).contains("200");
	}

	private BlackBoxSettings settings(Duration limit) {
		return new BlackBoxSettings("shop", new Recording(this.directory, true, 1 << 20, 5),
				new Port("127.0.0.1", 0, limit));
	}

	private <T extends BlackBoxRecord> T await(Class<T> type, Predicate<T> wanted) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> records(type).filter(wanted).reduce((one, other) -> other).orElse(null),
					(found) -> found != null);
	}

	private <T extends BlackBoxRecord> Stream<T> records(Class<T> type) {
		return records(this.directory, type);
	}

	private static <T extends BlackBoxRecord> Stream<T> records(Path directory, Class<T> type) {
		return BlackBoxFile.read(files(directory).get(0)).records().filter(type::isInstance).map(type::cast);
	}

	private List<Path> files() {
		return files(this.directory);
	}

	private static List<Path> files(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private String ask() {
		return HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.box.port() + "/stall")).build(),
					BodyHandlers.ofString())
			.thenApply((response) -> response.statusCode() + " " + response.body())
			.orTimeout(10, TimeUnit.SECONDS)
			.join();
	}

}
