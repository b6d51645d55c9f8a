package io.github.loopguard.autoconfigure.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.runtime.Loopguard;

/**
 * Registers meters one by one: one that a registry refuses, or on which a filter or a
 * naming convention of the application fails, is missing, and nothing else. The first is
 * logged, and all of them are in the status until this is closed.
 */
public final class MeterRegistration implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(MeterRegistration.class);

	private final Set<Missing> missing = new HashSet<>();

	private final AtomicBoolean warned = new AtomicBoolean();

	private boolean closed;

	/**
	 * Registers a meter. One that was missing may be registered again.
	 * @param registry where it is registered
	 * @param name name of the meter
	 * @param tags tell it from others of the name
	 * @param registration registers it
	 * @param <M> type of the meter
	 * @return the meter, or {@code null} if it is missing
	 */
	public <M> @Nullable M register(MeterRegistry registry, String name, Tags tags, Supplier<M> registration) {
		Missing meter = new Missing(registry, name, tags);
		try {
			M registered = registration.get();
			found(meter);
			return registered;
		}
		catch (RuntimeException | Error ex) {
			report(meter, ex);
			return null;
		}
	}

	private synchronized void found(Missing meter) {
		if (!this.missing.isEmpty() && this.missing.remove(meter)) {
			describe(null);
		}
	}

	private void report(Missing meter, Throwable thrown) {
		lost(meter, thrown);
		// Without the lock: a logger may hang, too.
		String message = "Loopguard: the meter '" + meter.name + "' could not be registered. The application works "
				+ "without it; what else is missing is in the status";
		if (this.warned.compareAndSet(false, true)) {
			logger.warn(message, thrown);
		}
		else {
			logger.debug(message, thrown);
		}
	}

	private synchronized void lost(Missing meter, Throwable thrown) {
		if (!this.closed) {
			this.missing.add(meter);
			describe(thrown);
		}
	}

	private void describe(@Nullable Throwable thrown) {
		Set<String> names = this.missing.stream().map(Missing::name).collect(Collectors.toCollection(TreeSet::new));
		Loopguard.instance()
			.problem(this, names.isEmpty() ? null : "the meters " + names + " are missing or incomplete"
					+ ((thrown != null) ? ", because of " + thrown : ""));
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.missing.clear();
		Loopguard.instance().problem(this, null);
	}

	private record Missing(MeterRegistry registry, String name, Tags tags) {
	}

}
