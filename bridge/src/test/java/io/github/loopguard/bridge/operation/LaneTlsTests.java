package io.github.loopguard.bridge.operation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneTls}.
 */
class LaneTlsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final LaneTls tls = LaneTls.in(this.bridge);

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void allReceiveTheSameContext() {
		StepVerifier
			.create(Flux.range(0, 50)
				.flatMap((i) -> this.tls.context("shop", null, null, null).subscribeOn(Schedulers.parallel()), 50)
				.distinct()
				.count())
			.expectNext(1L)
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.tls.context("shop", null, null, null).zipWith(this.tls.defaultContext()))
			.assertNext((both) -> assertThat(both.getT1()).isNotSameAs(both.getT2()))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void readsAKeyStoreOnce(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("keys.p12");
		char[] password = "secret".toCharArray();
		KeyStore empty = KeyStore.getInstance("PKCS12");
		empty.load(null, password);
		try (OutputStream target = Files.newOutputStream(file)) {
			empty.store(target, password);
		}
		KeyStore first = this.tls.keyStore(file, "PKCS12", password).block(SOON);
		Files.delete(file);
		assertThat(this.tls.keyStore(file, "PKCS12", password).block(SOON)).isSameAs(first).isNotNull();
	}

	@Test
	void aFailedCreationIsRepeated() {
		AtomicInteger attempts = new AtomicInteger();
		StepVerifier.create(this.tls.shared("material", () -> {
			if (attempts.incrementAndGet() == 1) {
				throw new IOException("not mounted yet");
			}
			return "material";
		}).retry(1)).expectNext("material").expectComplete().verify(SOON);
		StepVerifier.create(this.tls.shared("material", () -> "another"))
			.expectNext("material")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aWrongPasswordOpensNoKeyStoreThatIsOpenAlready(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("keys.p12");
		KeyStore empty = KeyStore.getInstance("PKCS12");
		empty.load(null, null);
		try (OutputStream content = Files.newOutputStream(file)) {
			empty.store(content, "right".toCharArray());
		}
		StepVerifier.create(this.tls.keyStore(file, "PKCS12", "right".toCharArray()))
			.expectNextCount(1)
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(this.tls.keyStore(file, "PKCS12", "wrong".toCharArray()))
			.expectError(IOException.class)
			.verify(SOON);
	}

}
