package io.github.loopguard.detect.flight;

import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which threads are event loops, by the identifier that events have.
 */
class LoopThreadIdsTests {

	private final LoopThreadIds ids = new LoopThreadIds();

	/**
	 * What was recorded of it may come before the next search.
	 */
	@Test
	void loopThatIsYoungerThanTheLastSearchIsFound() throws Exception {
		this.ids.refresh();
		DefaultEventLoop loop = new DefaultEventLoop(new DefaultThreadFactory("young", true));
		try {
			Thread thread = loop.submit(Thread::currentThread).get();
			Awaitility.await().until(() -> this.ids.contain(thread.getId()));
		}
		finally {
			loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void loopThatHasEndedIsForgottenAfterAWhile() throws Exception {
		DefaultEventLoop loop = new DefaultEventLoop(new DefaultThreadFactory("old", true));
		Thread thread = loop.submit(Thread::currentThread).get();
		this.ids.refresh();
		loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		thread.join();
		this.ids.refresh();
		assertThat(this.ids.contain(thread.getId())).isTrue();
		for (int i = 0; i < 20; i++) {
			this.ids.refresh();
		}
		assertThat(this.ids.contain(thread.getId())).isFalse();
	}

	@Test
	void otherThreadsAreNone() {
		this.ids.refresh();
		assertThat(this.ids.contain(Thread.currentThread().getId())).isFalse();
		assertThat(this.ids.contain(-1)).isFalse();
	}

}
