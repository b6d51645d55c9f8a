package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.loopguard.bridge.LaneSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneTimeouts}.
 */
class LaneTimeoutsTests {

	@Test
	void taskThatComesWhileTheChecksEndIsChecked() {
		Set<LaneTask<?>>[] tasks = new Set[1];
		LaneTimeouts[] timeouts = new LaneTimeouts[1];
		LaneSpec spec = LaneSpec.named("timeouts").withQueueTimeout(null).withRunTimeout(Duration.ofSeconds(1));
		tasks[0] = new AbstractSet<>() {

			private int asked;

			@Override
			public Iterator<LaneTask<?>> iterator() {
				return Set.<LaneTask<?>>of().iterator();
			}

			@Override
			public int size() {
				return 0;
			}

			@Override
			public boolean isEmpty() {
				if (++this.asked == 12) {
					// Another thread adds a task right after this answer.
					timeouts[0].activate();
				}
				return true;
			}

		};
		timeouts[0] = new LaneTimeouts(spec, tasks[0]);
		timeouts[0].activate();
		long now = System.nanoTime();
		for (int i = 0; i < 11; i++) {
			now += Duration.ofSeconds(1).toNanos();
			timeouts[0].check(now);
		}
		assertThat(timeouts[0].check(now)).isNotEqualTo(Long.MAX_VALUE);
	}

}
