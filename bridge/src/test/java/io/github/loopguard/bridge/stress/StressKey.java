package io.github.loopguard.bridge.stress;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * A key of ordered work: never two at once, and in the order of subscription.
 */
final class StressKey {

	final Object value;

	private final Lock subscribing = new ReentrantLock();

	private final AtomicReference<Operation> running = new AtomicReference<>();

	private long subscribed;

	private volatile long started;

	StressKey(Object value) {
		this.value = value;
	}

	/**
	 * Subscribes alone, so that the order is known.
	 */
	void subscribe(LongConsumer subscription) {
		this.subscribing.lock();
		try {
			subscription.accept(++this.subscribed);
		}
		finally {
			this.subscribing.unlock();
		}
	}

	/**
	 * Records that a call starts.
	 */
	void enter(Operation operation, long position) {
		enter(operation);
		if (position <= this.started) {
			operation.fault("started as " + position + " after " + this.started + " of " + this.value);
		}
		this.started = position;
	}

	void enter(Operation operation) {
		if (!this.running.compareAndSet(null, operation)) {
			operation.fault("runs while " + this.running.get() + " runs for " + this.value);
		}
	}

	void leave(Operation operation) {
		this.running.compareAndSet(operation, null);
	}

}
