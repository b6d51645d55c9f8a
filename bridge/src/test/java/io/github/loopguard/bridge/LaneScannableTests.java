package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a lane's publishers are seen by Reactor's tools.
 */
class LaneScannableTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	@AfterEach
	void close() {
		Hooks.resetOnEachOperator("test");
		this.bridge.close();
	}

	@Test
	void everyPublisherAndSubscriptionIsScannable() {
		for (Publisher<Integer> publisher : publishers()) {
			assertThat(Scannable.from(publisher).isScanAvailable()).as("%s", publisher).isTrue();
			List<Boolean> available = new CopyOnWriteArrayList<>();
			Flux.from(publisher)
				.doOnSubscribe((subscription) -> available.add(Scannable.from(subscription).isScanAvailable()))
				.blockLast(SOON);
			assertThat(available).as("%s", publisher).containsExactly(true);
		}
	}

	@Test
	void everyPublisherIsAssembledWithTheHooks() {
		List<Publisher<?>> assembled = new CopyOnWriteArrayList<>();
		Hooks.onEachOperator("test", (publisher) -> {
			assembled.add(publisher);
			return publisher;
		});
		publishers().forEach((publisher) -> assertThat(assembled).contains(publisher));
	}

	private List<Publisher<Integer>> publishers() {
		return List.of(this.bridge.call(() -> 1), this.bridge.stream(() -> Stream.of(1)),
				this.bridge.defer(() -> Mono.just(1)),
				this.bridge.session(() -> 1, (session) -> session.call((one) -> one)));
	}

}
