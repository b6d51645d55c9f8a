package io.github.loopguard.test.watch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TestTracker}.
 */
class TestTrackerTests {

	private static final int ROUNDS = 20_000;

	private final TestTracker watch = TestTracker.instance();

	@Test
	@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
	void classesMayBeginEnterAndLeaveAtTheSameTime() throws Exception {
		CompletableFuture<Void> other = CompletableFuture.runAsync(this::enterAndLeave,
				(task) -> new Thread(task).start());
		enterAndLeave();
		other.get(30, TimeUnit.SECONDS);
		assertThat(this.watch.current()).isNull();
	}

	private void enterAndLeave() {
		for (int i = 0; i < ROUNDS; i++) {
			WatchedClass watched = this.watch.begin("class " + i);
			watched.enter();
			watched.leave();
			this.watch.end(watched);
		}
	}

}
