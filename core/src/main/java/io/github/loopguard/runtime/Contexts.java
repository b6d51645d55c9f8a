package io.github.loopguard.runtime;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.Violation;
import io.github.loopguard.ledger.LedgerThread;

/**
 * The application contexts that are attached; the youngest decides. Not safe for use by
 * several threads without the lock it was given.
 */
final class Contexts {

	private static final Logger logger = LoggerFactory.getLogger(Loopguard.class);

	private final List<Context> attached = new ArrayList<>();

	private final Object lock;

	private final LedgerThread ledgerThread;

	private final Runnable closed;

	private boolean warnedOfDifference;

	/**
	 * Creates an empty list.
	 * @param lock guards it
	 * @param ledgerThread notifies the listeners of contexts
	 * @param closed is run when a context has been detached
	 */
	Contexts(Object lock, LedgerThread ledgerThread, Runnable closed) {
		this.lock = lock;
		this.ledgerThread = ledgerThread;
		this.closed = closed;
	}

	Attachment add(ContextSettings settings) {
		ContextSettings previous = youngest();
		if (previous != null && !this.warnedOfDifference && differ(previous, settings)) {
			this.warnedOfDifference = true;
			logger.warn(
					"The application contexts '{}' and '{}' configure Loopguard differently. There is one "
							+ "detector in a JVM: the settings of '{}' count until it closes.",
					Violation.printable(previous.name()), Violation.printable(settings.name()),
					Violation.printable(settings.name()));
		}
		Context context = new Context(settings);
		this.attached.add(context);
		return context;
	}

	/**
	 * Returns the settings of the youngest context, or {@code null} if none is attached.
	 */
	@Nullable ContextSettings youngest() {
		return this.attached.isEmpty() ? null : this.attached.get(this.attached.size() - 1).settings;
	}

	private static boolean differ(ContextSettings one, ContextSettings other) {
		return !one.policy().equals(other.policy()) || !one.ledger().equals(other.ledger())
				|| !one.detectors().equals(other.detectors());
	}

	private final class Context implements Attachment {

		private final ContextSettings settings;

		private final List<BlockingViolationListener> listeners = new ArrayList<>();

		private Context(ContextSettings settings) {
			this.settings = settings;
		}

		@Override
		public void addListener(BlockingViolationListener listener) {
			synchronized (Contexts.this.lock) {
				this.listeners.add(listener);
				Contexts.this.ledgerThread.addListener(listener);
			}
		}

		@Override
		public void close() {
			synchronized (Contexts.this.lock) {
				this.listeners.forEach(Contexts.this.ledgerThread::removeListener);
				this.listeners.clear();
				if (Contexts.this.attached.remove(this)) {
					Contexts.this.closed.run();
				}
			}
		}

	}

}
