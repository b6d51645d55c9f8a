package io.github.loopguard.detect;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hooks whose return was missed are forgotten after a minute, also on an event loop on
 * which other calls come and go.
 */
class LoopThreadTests {

	private static final int ENCLOSING = 1;

	private static final int CALL = 2;

	private final LoopThread thread = new LoopThread();

	@Test
	void enclosingHookWhoseReturnWasMissed() {
		this.thread.entering(0);
		this.thread.hooks.enter(ENCLOSING, true);
		for (int second = 1; second <= 60; second++) {
			call(second);
			assertThat(this.thread.isStuck(TimeUnit.SECONDS.toNanos(second))).isFalse();
		}
		call(61);
		assertThat(this.thread.isStuck(TimeUnit.SECONDS.toNanos(61))).isTrue();
	}

	@Test
	void callsThatReturnNeverGetStuck() {
		for (int second = 1; second <= 120; second++) {
			call(second);
			assertThat(this.thread.isStuck(TimeUnit.SECONDS.toNanos(second))).isFalse();
		}
	}

	private void call(int second) {
		this.thread.entering(TimeUnit.SECONDS.toNanos(second));
		this.thread.hooks.enter(CALL, false);
		this.thread.hooks.leave(CALL);
		this.thread.hooks.ended();
	}

}
