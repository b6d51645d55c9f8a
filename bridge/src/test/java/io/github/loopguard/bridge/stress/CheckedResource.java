package io.github.loopguard.bridge.stress;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A resource that is used by one thread at a time, in a lane, and closed once, after its
 * last use.
 */
final class CheckedResource implements AutoCloseable {

	final Operation operation;

	private final Thread onlyThread;

	private final boolean closeFails;

	private final AtomicReference<Thread> user = new AtomicReference<>();

	private final AtomicInteger closed = new AtomicInteger();

	private CheckedResource(Operation operation, Thread onlyThread, boolean closeFails) {
		this.operation = operation;
		this.onlyThread = onlyThread;
		this.closeFails = closeFails;
		operation.round.opened(this);
	}

	static CheckedResource open(Operation operation, boolean closeFails) {
		return new CheckedResource(operation, null, closeFails);
	}

	/**
	 * Opens a resource that is used and closed by the current thread only.
	 */
	static CheckedResource openHere(Operation operation, boolean closeFails) {
		return new CheckedResource(operation, Thread.currentThread(), closeFails);
	}

	<T> T use(Callable<T> use) throws Exception {
		Thread outer = enter("used");
		try {
			return use.call();
		}
		finally {
			leave(outer);
		}
	}

	@Override
	public void close() throws IOException {
		if (this.closed.incrementAndGet() > 1) {
			this.operation.fault("closed twice");
		}
		leave(enter("closed"));
		this.operation.round.closed(this);
		if (this.closeFails) {
			throw new IOException("expected on close");
		}
	}

	private Thread enter(String what) {
		this.operation.lane.enter(this.operation);
		Thread now = Thread.currentThread();
		Thread other = this.user.getAndSet(now);
		if (other != null && (other != now || what.equals("closed"))) {
			this.operation.fault(what + " while " + other.getName() + " uses it");
		}
		if (what.equals("used") && this.closed.get() > 0) {
			this.operation.fault("used after it was closed");
		}
		if (this.onlyThread != null && this.onlyThread != now) {
			this.operation.fault(what + " on another thread than " + this.onlyThread.getName());
		}
		return other;
	}

	private void leave(Thread outer) {
		this.user.set(outer);
		this.operation.lane.leave();
	}

	@Override
	public String toString() {
		return "resource of " + this.operation;
	}

}
