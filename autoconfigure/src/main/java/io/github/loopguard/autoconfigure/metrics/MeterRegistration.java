package io.github.loopguard.autoconfigure.metrics;

import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.runtime.Loopguard;

/**
 * Registers meters one by one: one that a registry refuses, or on which a filter or a
 * naming convention of the application fails, is missing, and nothing else. The first is
 * logged, and all of them are in the status.
 */
public final class MeterRegistration implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(MeterRegistration.class);

	/** Names of what is missing, by what tells it from others of the name. */
	private final Map<Object, String> missing = new ConcurrentHashMap<>();

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Registers the only meter of its name.
	 * @param name name of the meter
	 * @param registration registers it
	 * @param <M> type of the meter
	 * @return the meter, or {@code null} if it is missing
	 */
	public <M> @Nullable M register(String name, Supplier<M> registration) {
		return register(name, name, registration);
	}

	/**
	 * Registers a meter. One that was missing may be registered again.
	 * @param key tells it from other meters
	 * @param name name of the meter
	 * @param registration registers it
	 * @param <M> type of the meter
	 * @return the meter, or {@code null} if it is missing
	 */
	<M> @Nullable M register(Object key, String name, Supplier<M> registration) {
		try {
			M meter = registration.get();
			if (this.missing.remove(key) != null) {
				describe(null);
			}
			return meter;
		}
		catch (RuntimeException | Error ex) {
			report(key, name, ex);
			return null;
		}
	}

	private void report(Object key, String name, Throwable thrown) {
		this.missing.put(key, name);
		describe(thrown);
		String message = "Loopguard: the meter '" + name + "' could not be registered. The application works without "
				+ "it; what else is missing is in the status";
		if (this.warned.compareAndSet(false, true)) {
			logger.warn(message, thrown);
		}
		else {
			logger.debug(message, thrown);
		}
	}

	private void describe(@Nullable Throwable thrown) {
		Loopguard.instance()
			.problem(this, this.missing.isEmpty() ? null : "the meters " + new TreeSet<>(this.missing.values())
					+ " are missing or incomplete" + ((thrown != null) ? ", because of " + thrown : ""));
	}

	@Override
	public void close() {
		Loopguard.instance().problem(this, null);
	}

}
