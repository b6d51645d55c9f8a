package com.example.attribution;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;

import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of blocking APIs that did not block: nothing is said about them.
 */
@SpringBootTest(classes = AttributionApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class SilentTests {

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	@BeforeEach
	void clear() {
		Loopguard.instance().ledger().clear();
	}

	@AfterEach
	void proveThatTheLoopIsWatchedAndStop() {
		assertThat(Loopguard.instance().ledger().violations()).isEmpty();
		InnocentTests.onLoop(this.loops, () -> assertThat(Path.of("pom.xml").toFile()).exists());
		assertThat(Loopguard.instance().ledger().violations()).extracting(Violation::rule).contains("file-stat");
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	void completedFuture() {
		CompletableFuture<String> future = CompletableFuture.completedFuture("done");
		InnocentTests.onLoop(this.loops, () -> {
			try {
				assertThat(future.get()).isEqualTo("done");
				assertThat(future.get(1, TimeUnit.SECONDS)).isEqualTo("done");
				assertThat(future.join()).isEqualTo("done");
			}
			catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@Test
	void uncontendedLocks() {
		ReentrantLock lock = new ReentrantLock();
		ReentrantReadWriteLock pair = new ReentrantReadWriteLock();
		CountDownLatch open = new CountDownLatch(0);
		InnocentTests.onLoop(this.loops, () -> {
			lock.lock();
			lock.unlock();
			pair.readLock().lock();
			pair.readLock().unlock();
			pair.writeLock().lock();
			pair.writeLock().unlock();
			synchronized (lock) {
				assertThat(lock.tryLock()).isTrue();
				lock.unlock();
			}
			try {
				open.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@Test
	void fileSystemInMemory() {
		Path file = new MemoryFileSystemProvider("content").path();
		InnocentTests.onLoop(this.loops, () -> {
			try {
				assertThat(Files.exists(file)).isTrue();
				assertThat(Files.readString(file)).isEqualTo("content");
				assertThat(Files.size(file)).isEqualTo(7);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	@Test
	void channelsOverStreamsInMemory() {
		InnocentTests.onLoop(this.loops, () -> {
			try {
				ByteArrayOutputStream written = new ByteArrayOutputStream();
				Writer writer = Channels.newWriter(Channels.newChannel(written), StandardCharsets.UTF_8);
				writer.write("content");
				writer.flush();
				ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(written.toByteArray()));
				assertThat(channel.read(ByteBuffer.allocate(16))).isEqualTo(7);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

}
