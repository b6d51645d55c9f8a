package com.example.stall;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the monitor keeps keeps nothing else in memory.
 */
class UnloadedTests {

	@Test
	void classThatHeldALoopIsUnloaded() {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
				new DefaultThreadFactory("isolated", true), NioIoHandler.newFactory());
		try (Monitored monitored = new Monitored()) {
			String[] name = new String[1];
			group.submit(() -> name[0] = Thread.currentThread().getName()).syncUninterruptibly();
			monitored.awaitWatched(name[0]);
			List<Reference<ClassLoader>> loaders = new ArrayList<>();
			Awaitility.await().untilAsserted(() -> {
				loaders.add(hold(group));
				assertThat(monitored.violation("hold")).isNotNull();
			});
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				group.submit(() -> {
				}).sync();
				System.gc();
				assertThat(loaders).allSatisfy((loader) -> assertThat(loader.get()).isNull());
			});
			assertThat(monitored.violations("hold")).hasSize(1);
		}
		finally {
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void loopThatHasEndedIsUnloaded() throws InterruptedException {
		try (Monitored monitored = new Monitored()) {
			List<Reference<EventLoop>> loops = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				loops.add(open(monitored));
			}
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				System.gc();
				assertThat(loops).allSatisfy((loop) -> assertThat(loop.get()).isNull());
			});
			assertThat(monitored.monitor.groups()).contains("opened");
		}
	}

	@Test
	void groupsThatAreClosedLeaveNothingBehind() throws InterruptedException {
		try (Monitored monitored = new Monitored()) {
			for (int i = 0; i < 20; i++) {
				List<MultiThreadIoEventLoopGroup> groups = new ArrayList<>();
				for (int j = 0; j < 50; j++) {
					MultiThreadIoEventLoopGroup client = new MultiThreadIoEventLoopGroup(1,
							new DefaultThreadFactory("client", true), NioIoHandler.newFactory());
					client.submit(() -> {
					});
					groups.add(client);
				}
				groups.forEach((client) -> client.shutdownGracefully(0, 0, TimeUnit.SECONDS));
				for (MultiThreadIoEventLoopGroup client : groups) {
					assertThat(client.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
				}
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(monitored.monitor.loops())
					.noneMatch((loop) -> loop.name().startsWith("client-")));
			assertThat(monitored.monitor.groups()).filteredOn((group) -> group.startsWith("client"))
				.containsExactly("client");
		}
	}

	private static Reference<EventLoop> open(Monitored monitored) throws InterruptedException {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("opened", true),
				NioIoHandler.newFactory());
		EventLoop loop = group.next();
		String[] name = new String[1];
		loop.submit(() -> name[0] = Thread.currentThread().getName()).sync();
		monitored.awaitKnown(name[0]);
		group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		assertThat(group.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		return new WeakReference<>(loop);
	}

	private static Reference<ClassLoader> hold(MultiThreadIoEventLoopGroup group) throws Exception {
		ClassLoader loader = new Isolating();
		Runnable work = (Runnable) loader.loadClass(Isolated.class.getName()).getDeclaredConstructor().newInstance();
		Monitored.run(group.next(), () -> {
			work.run();
			return null;
		});
		return new WeakReference<>(loader);
	}

	/**
	 * Defines one class itself.
	 */
	private static final class Isolating extends ClassLoader {

		Isolating() {
			super(UnloadedTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(Isolated.class.getName())) {
				return super.loadClass(name, resolve);
			}
			try (InputStream in = Isolated.class.getResourceAsStream("Isolated.class")) {
				byte[] bytes = in.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
