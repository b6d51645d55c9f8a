package com.example.flight;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.loopguard.detect.flight.FlightRecorder;
import io.github.loopguard.detect.loop.LoopMonitor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event loops that have ended leave nothing behind, whatever was found of them and
 * whoever has found it.
 */
class LeftBehindTests {

	private static final int GROUPS = 50;

	private static final int ROUNDS = 20;

	/** Of a thousand loops. */
	private static final long FEW = 100;

	private static final Pattern LINE = Pattern
		.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(io\\.github\\.loopguard\\.\\S+|io\\.netty\\.channel\\.\\S+)(?: .*)?");

	@Test
	void aThousandGroupsOfLoopsThatWereHeld() throws Exception {
		try (Recorded recorded = new Recorded()) {
			recorded.monitor(Duration.ofMillis(50));
			openAndClose(recorded);
			Map<String, Long> before = instances();
			for (int i = 0; i < ROUNDS; i++) {
				openAndClose(recorded);
			}
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
				openAndClose(recorded);
				return recorded.seen("sleep").detectors().containsAll(List.of(LoopMonitor.NAME, FlightRecorder.NAME));
			});
			assertThat(recorded.seen("hooked").count()).isGreaterThanOrEqualTo(GROUPS / 2 * ROUNDS);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofSeconds(1))
				.untilAsserted(() -> assertThat(instances()).allSatisfy(
						(name, count) -> assertThat(count).as(name).isLessThan(before.getOrDefault(name, 0L) + FEW)));
			assertThat(recorded.monitor.loops()).noneMatch((loop) -> loop.name().startsWith("client-"));
			assertThat(recorded.monitor.impact().isCounting()).isFalse();
		}
	}

	private static void openAndClose(Recorded recorded) throws Exception {
		List<MultiThreadIoEventLoopGroup> groups = new ArrayList<>();
		List<Future<?>> calls = new ArrayList<>();
		for (int i = 0; i < GROUPS; i++) {
			MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
					new DefaultThreadFactory("client", true), NioIoHandler.newFactory());
			groups.add(group);
			calls.add((i % 2 == 0) ? group.submit(() -> hold(80))
					: group.submit(() -> recorded.hooked("java.lang.Thread", "sleep", () -> hold(80))));
		}
		for (Future<?> call : calls) {
			call.get(30, TimeUnit.SECONDS);
		}
		groups.forEach((group) -> group.shutdownGracefully(0, 0, TimeUnit.SECONDS));
		for (MultiThreadIoEventLoopGroup group : groups) {
			assertThat(group.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static Object hold(long millis) throws InterruptedException {
		Calls.sleep(millis);
		return millis;
	}

	/**
	 * Returns how many objects there are of each class of Loopguard and of Netty's event
	 * loops.
	 */
	private static Map<String, Long> instances() throws Exception {
		String histogram = (String) ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		Map<String, Long> instances = new HashMap<>();
		histogram.lines()
			.map(LINE::matcher)
			.filter(Matcher::matches)
			.forEach((line) -> instances.put(line.group(2), Long.valueOf(line.group(1))));
		assertThat(instances).isNotEmpty();
		return instances;
	}

}
