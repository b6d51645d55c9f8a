package io.github.loopguard.detect.thread;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Test;

import io.github.loopguard.detect.thread.OutsideExecutors.SelectedKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which executors show whether they wait.
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

	/**
	 * Netty puts them where they can be seen if it may use Unsafe, up to JDK 23.
	 */
	@Test
	void loopThatWaitsByASelectorShowsWhatItReadsFrom() throws Exception {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try {
			IoEventLoop loop = group.next();
			assertThat(OutsideExecutors.wakeup(loop)).isNull();
			SelectedKeys selected = OutsideExecutors.selected(loop);
			if (!PlatformDependent.hasUnsafe()) {
				assertThat(selected).isNull();
				return;
			}
			assertThat(selected.isEmpty()).isTrue();
			Pipe pipe = Pipe.open();
			pipe.source().configureBlocking(false);
			BlockingQueue<Boolean> empty = new LinkedBlockingQueue<>();
			IoRegistration registration = loop.register(new NioSelectableChannelIoHandle<>(pipe.source()) {
				@Override
				protected void handle(Pipe.SourceChannel channel, SelectionKey key) {
					empty.add(selected.isEmpty());
					key.cancel();
				}
			}).get(10, TimeUnit.SECONDS);
			registration.submit(NioIoOps.READ);
			pipe.sink().write(ByteBuffer.wrap(new byte[1]));
			assertThat(empty.poll(10, TimeUnit.SECONDS)).isFalse();
			await().until(selected::isEmpty);
		}
		finally {
			group.shutdownGracefully();
		}
	}

	@Test
	void otherObjectsDoNot() {
		assertThat(OutsideExecutors.wakeup(new Object())).isNull();
		assertThat(OutsideExecutors.selected(new Object())).isNull();
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
