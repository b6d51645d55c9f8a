package io.github.loopguard.bridge.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneUnavailableException;
import io.github.loopguard.bridge.engine.context.CallContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolEngine}.
 */
class PoolEngineTests {

	private final AtomicInteger threads = new AtomicInteger();

	@Test
	void aTaskThatEndsWithAnyErrorLeavesTheThreadToTheNext() {
		PoolEngine engine = new PoolEngine(LaneSpec.named("pool").withThreads(1));
		CountDownLatch ran = new CountDownLatch(1);
		Work failing = new Work(engine, () -> {
			throw new ThreadDeath();
		});
		engine.submit(failing);
		engine.submit(new Work(engine, () -> {
			ran.countDown();
			return null;
		}));
		Awaitility.await().until(() -> ran.getCount() == 0);
		assertThat(failing.failure.get()).isInstanceOf(ThreadDeath.class);
		assertThat(engine.threads()).isEqualTo(1);
		engine.closeNow();
		Awaitility.await().untilAsserted(() -> assertThat(engine.threads()).isZero());
	}

	@Test
	void aLaneGoesOnWithTheThreadsItHas() throws Exception {
		PoolEngine engine = new PoolEngine(LaneSpec.named("pool").withThreads(4), (work) -> {
			if (this.threads.incrementAndGet() > 1) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			return new Thread(work);
		});
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch ran = new CountDownLatch(3);
		for (int i = 0; i < 3; i++) {
			engine.submit(new Work(engine, () -> {
				release.await();
				ran.countDown();
				return null;
			}));
		}
		release.countDown();
		Awaitility.await().until(() -> ran.getCount() == 0);
		engine.closeNow();
	}

	@Test
	void aLaneWithoutAnyThreadRejects() {
		PoolEngine engine = new PoolEngine(LaneSpec.named("pool").withThreads(1), (work) -> {
			throw new OutOfMemoryError("unable to create native thread");
		});
		Work work = new Work(engine, () -> null);
		engine.submit(work);
		assertThat(work.failure.get()).isInstanceOf(LaneUnavailableException.class);
		assertThat(engine.status().queued()).isZero();
		engine.closeNow();
	}

	private static final class Work extends LaneTask<Object> {

		private final Callable<?> work;

		private final AtomicReference<Throwable> failure = new AtomicReference<>();

		private Work(LaneEngine engine, Callable<?> work) {
			super(TaskKind.CALL, engine, null, CallContext.NONE, null);
			this.work = work;
		}

		@Override
		public Object call() throws Exception {
			return this.work.call();
		}

		@Override
		protected void failed(Throwable error) {
			this.failure.set(error);
		}

	}

}
