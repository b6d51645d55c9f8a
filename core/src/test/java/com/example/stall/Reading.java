package com.example.stall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;

/**
 * Runs what it is given on an event loop while that reads from a connection. No task is
 * taken from a queue for that.
 */
final class Reading extends NioSelectableChannelIoHandle<Pipe.SourceChannel> implements Executor {

	private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

	private final Pipe.SinkChannel sink;

	private volatile Runnable beforeClosing = () -> {
	};

	private Reading(Pipe pipe) {
		super(pipe.source());
		this.sink = pipe.sink();
	}

	static Reading on(IoEventLoop loop) {
		try {
			Pipe pipe = Pipe.open();
			pipe.source().configureBlocking(false);
			Reading reading = new Reading(pipe);
			IoRegistration registration = loop.register(reading).syncUninterruptibly().getNow();
			registration.submit(NioIoOps.READ);
			return reading;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		try {
			this.sink.write(ByteBuffer.allocate(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void beforeClosing(Runnable task) {
		this.beforeClosing = task;
	}

	@Override
	public void close() throws Exception {
		this.beforeClosing.run();
		super.close();
	}

	@Override
	protected void handle(Pipe.SourceChannel channel, SelectionKey key) {
		try {
			while (channel.read(ByteBuffer.allocate(1)) > 0) {
				this.tasks.remove().run();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
