package io.github.loopguard.test.tracking;

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

	private final TestTracker tracker = TestTracker.instance();

	@Test
	@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
	void classesMayBeginEnterAndLeaveAtTheSameTime() throws Exception {
		CompletableFuture<Void> other = CompletableFuture.runAsync(this::enterAndLeave,
				(task) -> new Thread(task).start());
		enterAndLeave();
		other.get(30, TimeUnit.SECONDS);
		assertThat(this.tracker.current()).isNull();
	}

	private void enterAndLeave() {
		for (int i = 0; i < ROUNDS; i++) {
			TrackedClass tracked = this.tracker.begin("class " + i);
			tracked.enter();
			tracked.leave();
			this.tracker.end(tracked);
		}
	}

}
