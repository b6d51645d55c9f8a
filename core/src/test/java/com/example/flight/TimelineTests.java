package com.example.flight;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.detect.loop.LoopMonitor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A recording of the user shows what was found.
 */
class TimelineTests {

	@TempDir
	private Path directory;

	@Test
	void recordingShowsCallsOnTheirEventLoopAndLongTurns() throws Exception {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("shown", true),
				NioIoHandler.newFactory());
		EventLoop loop = group.next();
		Path file = this.directory.resolve("own.jfr");
		try (Recorded recorded = new Recorded(); Recording own = new Recording()) {
			recorded.monitor(Duration.ofMillis(100));
			recorded.awaitAllRead(loop);
			own.start();
			Recorded.run(loop, () -> recorded.hooked("java.lang.Thread", "sleep", () -> {
				Calls.sleep(40);
				return null;
			}));
			Recorded.run(loop, () -> {
				Calls.named(300);
				return null;
			});
			recorded.seenBy("named", LoopMonitor.NAME);
			recorded.awaitAllRead(loop);
			own.stop();
			own.dump(file);
		}
		finally {
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
		List<RecordedEvent> events = RecordingFile.readAllEvents(file);
		assertThat(events).filteredOn((it) -> it.getEventType().getName().equals("loopguard.Violation"))
			.anySatisfy((it) -> {
				assertThat(it.getString("detector")).isEqualTo("blockhound");
				assertThat(it.getString("rule")).isEqualTo("sleep");
				assertThat(it.getString("site")).contains("Recorded.hooked");
				assertThat(it.getThread().getJavaName()).startsWith("shown-");
				assertThat(it.getDuration()).isBetween(Duration.ofMillis(35), Duration.ofSeconds(5));
			});
		assertThat(events).filteredOn((it) -> it.getEventType().getName().equals("loopguard.Turn")).anySatisfy((it) -> {
			assertThat(it.getString("loop")).startsWith("shown-");
			assertThat(it.getDuration("length")).isGreaterThan(Duration.ofMillis(100));
			assertThat(it.getString("violation")).isNotNull();
		});
	}

}
