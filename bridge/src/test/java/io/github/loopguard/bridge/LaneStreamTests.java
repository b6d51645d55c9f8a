package io.github.loopguard.bridge;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lane#stream}.
 */
class LaneStreamTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("rows").withThreads(1));

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void emitsAllElementsInOrderAndClosesTheStream() {
		AtomicInteger closed = new AtomicInteger();
		StepVerifier
			.create(this.lane.stream(() -> IntStream.range(0, 100_000).boxed().onClose(closed::incrementAndGet))
				.index()
				.filter((element) -> element.getT1() != element.getT2().longValue())
				.count())
			.expectNext(0L)
			.expectComplete()
			.verify(SOON);
		assertThat(closed).hasValue(1);
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void readsNoMoreThanIsRequestedAndHoldsNoThreadMeanwhile() {
		AtomicInteger read = new AtomicInteger();
		AtomicInteger closed = new AtomicInteger();
		StepVerifier
			.create(this.lane.stream(() -> Stream.generate(read::incrementAndGet).onClose(closed::incrementAndGet)), 3)
			.expectNext(1, 2, 3)
			.then(() -> {
				Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().active()).isZero());
				assertThat(read).hasValue(3);
				assertThat(this.lane.status().open()).isEqualTo(1);
				assertThat(this.lane.call(() -> "free").block(SOON)).isEqualTo("free");
			})
			.thenRequest(2)
			.expectNext(4, 5)
			.thenCancel()
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(closed).hasValue(1));
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().open()).isZero());
		assertThat(read).hasValue(5);
	}

	@Test
	void aStreamReadByTheLanesOwnThreadIsReadInPlace() {
		StepVerifier
			.create(this.lane
				.call(() -> this.lane.stream(() -> IntStream.range(0, 50_000).boxed()).count().block(SOON)))
			.expectNext(50_000L)
			.expectComplete()
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().open()).isZero());
	}

	@Test
	void closesACursorAtItsEndAndOnItsError() {
		Cursor cursor = new Cursor(2, null);
		StepVerifier.create(this.lane.stream(() -> cursor, Cursor::advance, Cursor::read))
			.expectNext("row 1", "row 2")
			.expectComplete()
			.verify(SOON);
		assertThat(cursor.closed).hasValue(1);
		Cursor broken = new Cursor(1, new IOException("connection lost"));
		StepVerifier.create(this.lane.stream(() -> broken, Cursor::advance, Cursor::read))
			.expectNext("row 1")
			.expectErrorMessage("connection lost")
			.verify(SOON);
		assertThat(broken.closed).hasValue(1);
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void aStreamThatCannotBeOpenedFails() {
		StepVerifier.create(this.lane.stream(() -> {
			throw new IOException("no such file");
		})).expectErrorMessage("no such file").verify(SOON);
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void iteratesAnIterator() {
		Iterator<String> iterator = List.of("a", "b").iterator();
		StepVerifier.create(this.lane.iterate(() -> iterator)).expectNext("a", "b").expectComplete().verify(SOON);
	}

	@ParameterizedTest
	@EnumSource(OnCancel.class)
	void cancellingWhileItReadsClosesTheCursorWhenTheReadEnds(OnCancel onCancel) {
		Lane lane = this.bridge.define(LaneSpec.named("cancel").withThreads(1).withOnCancel(onCancel));
		CountDownLatch reading = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Cursor cursor = new Cursor(1, null);
		Disposable subscription = lane.stream(() -> cursor, (open) -> {
			reading.countDown();
			release.await();
			return open.advance();
		}, Cursor::read).subscribe();
		await(reading);
		subscription.dispose();
		if (onCancel == OnCancel.ABANDON) {
			assertThat(cursor.closed).hasValue(0);
			release.countDown();
		}
		Awaitility.await().untilAsserted(() -> assertThat(cursor.closed).hasValue(1));
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().open()).isZero());
		assertThat(lane.status().active()).isZero();
	}

	@Test
	void cancellingWhileItWaitsInTheQueueOpensNothing() {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		this.lane.run(() -> {
			running.countDown();
			release.await();
		}).subscribe();
		await(running);
		AtomicInteger opened = new AtomicInteger();
		this.lane.stream(() -> {
			opened.incrementAndGet();
			return Stream.of(1);
		}).subscribe().dispose();
		assertThat(this.lane.status().open()).isZero();
		assertThat(this.lane.status().queued()).isZero();
		release.countDown();
		StepVerifier.create(this.lane.call(() -> 1)).expectNext(1).expectComplete().verify(SOON);
		assertThat(opened).hasValue(0);
	}

	@Test
	void aStreamOnceOpenIsNotRejectedWhenTheLaneFills() {
		Lane lane = this.bridge.define(LaneSpec.named("tight").withThreads(1).withQueueCapacity(0));
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		StepVerifier.create(lane.stream(() -> Stream.of(1, 2)), 1).expectNext(1).then(() -> {
			Awaitility.await().untilAsserted(() -> {
				lane.run(() -> {
					running.countDown();
					release.await();
				}).onErrorComplete().subscribe();
				assertThat(running.getCount()).isZero();
			});
		}).thenRequest(2).then(release::countDown).expectNext(2).expectComplete().verify(SOON);
	}

	@Test
	void moreOpenStreamsThanAllowedAreRejected() {
		Lane lane = this.bridge.define(LaneSpec.named("few").withMaxOpen(1));
		StepVerifier.create(lane.stream(() -> Stream.of(1, 2)), 1)
			.expectNext(1)
			.then(() -> StepVerifier.create(lane.stream(() -> Stream.of(1)))
				.expectErrorMessage("Lane 'few' is full: 1 streams and sessions are open. "
						+ "Raise loopguard.bridge.lanes.few.max-open, or read them to their end or cancel them sooner.")
				.verify(SOON))
			.thenCancel()
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().open()).isZero());
	}

	@Test
	void aReadThatTakesTooLongFailsTheStreamAndClosesItLater() {
		Lane lane = this.bridge.define(LaneSpec.named("slow").withThreads(1).withRunTimeout(Duration.ofMillis(50)));
		CountDownLatch release = new CountDownLatch(1);
		Cursor cursor = new Cursor(1, null);
		StepVerifier.create(lane.stream(() -> cursor, (open) -> {
			release.await();
			return open.advance();
		}, Cursor::read)).expectError(LaneTimeoutException.class).verify(SOON);
		assertThat(cursor.closed).hasValue(0);
		release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(cursor.closed).hasValue(1));
		assertThat(lane.status().open()).isZero();
	}

	static void await(CountDownLatch latch) {
		Awaitility.await().until(() -> latch.getCount() == 0);
	}

	private static final class Cursor implements AutoCloseable {

		private final int rows;

		private final IOException failure;

		private final AtomicInteger closed = new AtomicInteger();

		private int row;

		private Cursor(int rows, IOException failure) {
			this.rows = rows;
			this.failure = failure;
		}

		boolean advance() throws IOException {
			if (this.row == this.rows && this.failure != null) {
				throw this.failure;
			}
			return this.row++ < this.rows;
		}

		String read() {
			return "row " + this.row;
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

	@Test
	void aNullElementIsAnErrorThatNamesItsIndex() {
		StepVerifier.create(this.bridge.stream(() -> Stream.of("a", null, "b")))
			.expectNext("a")
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(NullPointerException.class)
				.hasMessageContaining("Element 1 "))
			.verify(SOON);
		StepVerifier.create(this.bridge.iterate(() -> Arrays.asList("a", "b", null).iterator()))
			.expectNext("a", "b")
			.expectErrorMessage("Element 2 of the stream is null; map it first, such as to an Optional")
			.verify(SOON);
	}

	@Test
	void aCursorEndsWhereItSaysAndNotAtNull() {
		Iterator<String> rows = Arrays.asList("a", null, "b").iterator();
		StepVerifier.create(this.lane.stream(() -> new Cursor(3, null), Cursor::advance, (cursor) -> rows.next()))
			.expectNext("a")
			.expectErrorMessage("Element 1 of the stream is null; map it first, such as to an Optional")
			.verify(SOON);
		Iterator<String> mapped = Arrays.asList("a", null, "b").iterator();
		StepVerifier
			.create(this.lane.stream(() -> new Cursor(3, null), Cursor::advance,
					(cursor) -> Optional.ofNullable(mapped.next())))
			.expectNext(Optional.of("a"), Optional.empty(), Optional.of("b"))
			.expectComplete()
			.verify(SOON);
	}

}
