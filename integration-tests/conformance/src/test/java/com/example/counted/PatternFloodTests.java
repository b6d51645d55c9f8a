package com.example.counted;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Many more calls a second than are walked, in patterns that fit the sampling badly.
 */
@SpringBootTest(classes = PatternFloodTests.Application.class,
		properties = { "loopguard.allowances.known.method=com.example.counted.PatternFloodTests#allowed",
				"loopguard.allowances.known.reason=known to be fast" })
@DirtiesContext
class PatternFloodTests {

	private static final int ROUNDS = 20_000;

	private final File file = new File("pom.xml");

	private final DefaultEventLoop loop = new DefaultEventLoop();

	@BeforeEach
	void clear() {
		Loopguard.instance().ledger().clear();
	}

	@AfterEach
	void stop() {
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@Test
	void twoSitesThatAlternateCountAlike() throws Exception {
		onLoop(() -> {
			one();
			other();
		});
		assertThat(counted("one")).isCloseTo(ROUNDS, within(ROUNDS / 10L));
		assertThat(counted("other")).isCloseTo(ROUNDS, within(ROUNDS / 10L));
		assertThat(counted("one") + counted("other")).isEqualTo(2 * ROUNDS);
	}

	@Test
	void violationsAndAllowedCallsThatAlternateCountAlike() throws Exception {
		long before = Loopguard.instance().ledger().allowed("known");
		onLoop(() -> {
			one();
			allowed();
		});
		long allowed = Loopguard.instance().ledger().allowed("known") - before;
		assertThat(counted("one")).isCloseTo(ROUNDS, within(ROUNDS / 10L));
		assertThat(counted("one") + allowed).isEqualTo(2 * ROUNDS);
	}

	@Test
	void writesAndReadsOnOneChannelCountForTheirRules() throws Exception {
		try (ServerSocketChannel server = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel channel = SocketChannel.open(server.getLocalAddress());
				SocketChannel peer = server.accept()) {
			Thread echo = new Thread(() -> echo(peer), "echo");
			echo.start();
			ByteBuffer buffer = ByteBuffer.allocateDirect(1);
			onLoop(() -> {
				channel.write(buffer.clear());
				channel.read(buffer.clear());
			});
			channel.shutdownOutput();
			echo.join();
		}
		assertThat(ofRule("socket-write")).isEqualTo(ROUNDS);
		assertThat(ofRule("socket-read")).isEqualTo(ROUNDS);
	}

	private void onLoop(Calls calls) throws Exception {
		this.loop.submit(() -> {
			for (int i = 0; i < ROUNDS; i++) {
				calls.make();
			}
			return null;
		}).get(60, TimeUnit.SECONDS);
	}

	private boolean one() {
		return this.file.exists();
	}

	private boolean other() {
		return this.file.exists();
	}

	private boolean allowed() {
		return this.file.exists();
	}

	private static void echo(SocketChannel peer) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(1);
		try {
			while (peer.read(buffer.clear()) > 0) {
				peer.write(buffer.flip());
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long counted(String method) {
		return violations().stream()
			.filter((violation) -> violation.site() != null && method.equals(violation.site().methodName()))
			.mapToLong(Violation::count)
			.sum();
	}

	private static long ofRule(String rule) {
		return violations().stream()
			.filter((violation) -> violation.rule().equals(rule))
			.mapToLong(Violation::count)
			.sum();
	}

	private static List<Violation> violations() {
		return Loopguard.instance().ledger().violations();
	}

	private interface Calls {

		void make() throws IOException;

	}

	@SpringBootApplication
	static class Application {

	}

}
