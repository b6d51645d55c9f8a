package io.github.loopguard.detect;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.loopguard.catalog.Hook;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hooks whose return was missed are forgotten, also on an event loop on which other calls
 * come and go.
 */
class LoopThreadTests {

	private static final int ENCLOSING = 1;

	private static final int CALL = 2;

	private static final Hook RUNNING = Hook.marked(LoopThreadTests.class.getName(),
			"enclosingHookWhoseReturnWasMissed", null);

	private static final Hook RETURNED = Hook.marked(LoopThreadTests.class.getName(), "call", null);

	private final LoopThread thread = new LoopThread();

	@Test
	void enclosingHookWhoseReturnWasMissed() {
		this.thread.entering(0);
		this.thread.hooks.enter(ENCLOSING, true);
		assertThat(this.thread.isToBeChecked(TimeUnit.MICROSECONDS.toNanos(1))).isFalse();
		call(1);
		assertThat(this.thread.isToBeChecked(TimeUnit.SECONDS.toNanos(1))).isTrue();
		assertThat(this.thread.heal((id) -> RUNNING, TimeUnit.SECONDS.toNanos(1))).isFalse();
		assertThat(this.thread.isToBeChecked(TimeUnit.MILLISECONDS.toNanos(1_900))).isFalse();
		assertThat(this.thread.isToBeChecked(TimeUnit.MILLISECONDS.toNanos(2_100))).isTrue();
		assertThat(this.thread.heal((id) -> RETURNED, TimeUnit.SECONDS.toNanos(3))).isTrue();
		assertThat(this.thread.hooks.isEmpty()).isTrue();
	}

	@Test
	void callsThatReturnAreNeverChecked() {
		for (int second = 1; second <= 120; second++) {
			call(second);
			assertThat(this.thread.isToBeChecked(TimeUnit.SECONDS.toNanos(second))).isFalse();
		}
	}

	private void call(int second) {
		this.thread.entering(TimeUnit.SECONDS.toNanos(second));
		this.thread.hooks.enter(CALL, false);
		this.thread.hooks.leave(CALL);
	}

}
