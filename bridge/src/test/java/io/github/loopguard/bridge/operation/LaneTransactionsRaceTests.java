package io.github.loopguard.bridge.operation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.OnCancel;

import static io.github.loopguard.bridge.operation.OrderDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transactions cancelled while they wait, begin, run or commit: each is there as a whole
 * or not at all, and its connection is returned.
 */
class LaneTransactionsRaceTests {

	private static final int CANCELS = 1000;

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void abandonedInMemory() throws Exception {
		assertOnlyWholeTransactions(OrderDatabase.inMemory(), OnCancel.ABANDON);
	}

	@Test
	void abandonedInAFile(@TempDir Path folder) throws Exception {
		assertOnlyWholeTransactions(OrderDatabase.in(folder), OnCancel.ABANDON);
	}

	@Test
	void interruptedInMemory() throws Exception {
		assertOnlyWholeTransactions(OrderDatabase.inMemory(), OnCancel.INTERRUPT);
	}

	private void assertOnlyWholeTransactions(OrderDatabase database, OnCancel onCancel) throws Exception {
		Lane lane = this.bridge
			.define(LaneSpec.named("orders").withThreads(2).withQueueCapacity(CANCELS).withOnCancel(onCancel));
		LaneTransactions transactions = LaneTransactions.in(lane, database.manager);
		AtomicInteger returned = new AtomicInteger();
		Flux.range(0, CANCELS)
			.flatMap(
					(order) -> transactions.call((status) -> database.insert(order))
						.doOnNext((rows) -> returned.incrementAndGet())
						.takeUntilOther(Mono.fromRunnable(() -> spin(order % 40)).subscribeOn(Schedulers.parallel())),
					4)
			.blockLast(Duration.ofMinutes(1));
		Awaitility.await().atMost(SOON).until(() -> lane.status().active() == 0 && lane.status().lingering() == 0);
		database.assertAllConnectionsAreBack();
		assertThat(database.halfOrders()).isZero();
		assertThat(database.lines() / 2).isBetween(returned.get(), CANCELS);
		database.close();
	}

	private static void spin(int tenMicroseconds) {
		long end = System.nanoTime() + tenMicroseconds * 10_000L;
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

}
