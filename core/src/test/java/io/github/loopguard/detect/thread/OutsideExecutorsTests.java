package io.github.loopguard.detect.thread;

import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which executors tell that they wait.
 */
class OutsideExecutorsTests {

	@Test
	void handlerThatWaitsByEpollTells() {
		Handler handler = new Handler();
		assertThat(OutsideExecutors.wakeup(new LoopWithHandler(handler))).isSameAs(handler.nextWakeupNanos);
	}

	@Test
	void loopThatIsItsOwnHandlerTells() {
		Handler loop = new Handler() {
		};
		assertThat(OutsideExecutors.wakeup(loop)).isSameAs(loop.nextWakeupNanos);
	}

	@Test
	void otherExecutorsDoNot() {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try {
			assertThat(OutsideExecutors.wakeup(group.next())).isNull();
			assertThat(OutsideExecutors.wakeup(new Object())).isNull();
		}
		finally {
			group.shutdownGracefully();
		}
	}

	private static class Handler {

		private final AtomicLong nextWakeupNanos = new AtomicLong(OutsideExecutors.AWAKE);

	}

	private static class Loop {

		@SuppressWarnings("unused")
		private final Object ioHandler;

		private Loop(Object ioHandler) {
			this.ioHandler = ioHandler;
		}

	}

	private static final class LoopWithHandler extends Loop {

		private LoopWithHandler(Handler handler) {
			super(handler);
		}

	}

}
