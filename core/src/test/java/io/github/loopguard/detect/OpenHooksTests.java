package io.github.loopguard.detect;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OpenHooks}: whatever is left, only the outermost hook ends the call.
 */
class OpenHooksTests {

	private static final int OUTER = 7;

	private static final int CALL = 3;

	private static final int LEAF = 300;

	private final OpenHooks hooks = new OpenHooks();

	@Test
	void callWithinItselfMoreOftenThanIsNotedEndsWithTheOutermost() {
		for (int i = 0; i < 5_000; i++) {
			this.hooks.enter(CALL, false);
		}
		for (int i = 1; i < 5_000; i++) {
			assertThat(this.hooks.leave(CALL)).as("return %d", i).isFalse();
		}
		assertThat(this.hooks.leave(CALL)).isTrue();
		assertThat(this.hooks.isEmpty()).isTrue();
	}

	@Test
	void hooksBeyondTheLimitDoNotLeaveThoseOutside() {
		this.hooks.enter(LEAF, false);
		for (int i = 0; i < 2_000; i++) {
			this.hooks.enter(CALL, false);
		}
		for (int i = 0; i < 100; i++) {
			this.hooks.enter(LEAF, false);
			assertThat(this.hooks.leave(LEAF)).isFalse();
		}
		assertThat(this.hooks.leave(LEAF)).as("the outermost").isTrue();
	}

	@Test
	void leavingAnOuterHookLeavesThoseBeyondTheLimit() {
		this.hooks.enter(OUTER, false);
		for (int i = 0; i < 2_000; i++) {
			this.hooks.enter(CALL, false);
		}
		assertThat(this.hooks.leave(OUTER)).isTrue();
		this.hooks.enter(CALL, false);
		assertThat(this.hooks.leave(CALL)).as("a call of its own").isTrue();
	}

}
