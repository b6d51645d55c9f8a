package io.github.loopguard.bridge.operation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneDns}.
 */
class LaneDnsTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final LaneDns dns = LaneDns.in(this.bridge);

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void resolvesANameAndFindsOne() {
		StepVerifier.create(this.dns.resolve("localhost"))
			.assertNext((addresses) -> assertThat(addresses).allMatch(InetAddress::isLoopbackAddress).isNotEmpty())
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.dns.reverse(InetAddress.getLoopbackAddress()))
			.assertNext((name) -> assertThat(name).isNotEmpty())
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void anUnknownNameFails() {
		StepVerifier.create(this.dns.resolve("no such host")).expectError(UnknownHostException.class).verify(SOON);
	}

}
