package io.github.loopguard.runtime;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.Violation;

/**
 * Notifies listeners of what is switched, in order, on a thread beside the one that
 * reverts: a listener may hang.
 */
final class SwitchEvents {

	private static final Logger logger = LoggerFactory.getLogger(Switches.class);

	private final List<Consumer<Switch.Event>> listeners = new CopyOnWriteArrayList<>();

	private final Queue<Switch.Event> pending = new ArrayBlockingQueue<>(1_024);

	private final LongAdder dropped = new LongAdder();

	void add(Consumer<Switch.Event> listener) {
		this.listeners.add(listener);
	}

	void remove(Consumer<Switch.Event> listener) {
		this.listeners.remove(listener);
	}

	long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Takes an event over.
	 */
	void add(Switch.Event event) {
		if (!this.pending.offer(event)) {
			this.dropped.increment();
		}
	}

	/**
	 * Notifies listeners of what has happened since the last time.
	 */
	void tell() {
		Switch.Event event = this.pending.poll();
		while (event != null) {
			tell(event);
			event = this.pending.poll();
		}
	}

	private void tell(Switch.Event event) {
		logger.info("Loopguard: {} is {} {}; it was {}", event.name(), Violation.printable(event.to()),
				(event.reverted() != null) ? "again, " + event.reverted()
						: (event.until() != null) ? "until " + event.until() : "from now on",
				Violation.printable(event.from()));
		for (Consumer<Switch.Event> listener : this.listeners) {
			try {
				listener.accept(event);
			}
			catch (RuntimeException | LinkageError ex) {
				logger.warn("Loopguard: a listener failed for the switch of {}", event.name(), ex);
			}
		}
	}

}
