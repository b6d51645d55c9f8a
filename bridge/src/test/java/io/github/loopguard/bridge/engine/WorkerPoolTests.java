package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerPool}.
 */
class WorkerPoolTests {

	@Test
	void aThreadThatDiesIsReplacedAndItsPermitIsReleased() {
		WorkerPool pool = new WorkerPool((work) -> {
			Thread thread = new Thread(work);
			thread.setUncaughtExceptionHandler((dead, cause) -> {
			});
			return thread;
		}, 1, Duration.ofSeconds(5));
		CountDownLatch ran = new CountDownLatch(1);
		pool.add(() -> {
			throw new ThreadDeath();
		});
		pool.add(ran::countDown);
		Awaitility.await().until(() -> ran.getCount() == 0);
		assertThat(pool.size()).isEqualTo(1);
		pool.shutDown();
		Awaitility.await().untilAsserted(() -> assertThat(pool.size()).isZero());
	}

}
