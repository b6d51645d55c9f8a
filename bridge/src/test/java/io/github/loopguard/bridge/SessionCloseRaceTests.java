package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Steps that are submitted while their session is closed: its thread ends.
 */
class SessionCloseRaceTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final int ROUNDS = 5_000;

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("race").withThreads(1));

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void aSessionThatIsCancelledAsAStepArrivesIsClosed() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(2);
		AtomicReference<LaneSession<String>> session = new AtomicReference<>();
		Thread stepping = new Thread(() -> {
			try {
				for (int i = 0; i < ROUNDS; i++) {
					barrier.await();
					session.get().call((resource) -> 1).subscribe((one) -> {
					}, (error) -> {
					});
					barrier.await();
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		stepping.setDaemon(true);
		stepping.start();
		for (int i = 0; i < ROUNDS; i++) {
			session.set(null);
			Disposable open = this.lane.session(() -> "connection", (opened) -> {
				session.set(opened);
				return Flux.never();
			}).subscribe();
			Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> session.get() != null);
			barrier.await();
			open.dispose();
			barrier.await();
			Awaitility.await()
				.pollInterval(Duration.ofMillis(1))
				.atMost(SOON)
				.untilAsserted(() -> assertThat(this.lane.status().open()).as("open sessions").isZero());
		}
	}

}
