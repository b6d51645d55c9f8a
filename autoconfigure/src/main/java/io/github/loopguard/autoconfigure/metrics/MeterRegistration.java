package io.github.loopguard.autoconfigure.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
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

	private final Set<String> missing = new ConcurrentSkipListSet<>();

	/**
	 * Registers a meter.
	 * @param name name of the meter
	 * @param registration registers it
	 * @param <M> type of the meter
	 * @return the meter, or {@code null} if it is missing
	 */
	public <M> @Nullable M register(String name, Supplier<M> registration) {
		try {
			return registration.get();
		}
		catch (RuntimeException | Error ex) {
			report(name, ex);
			return null;
		}
	}

	private void report(String name, Throwable thrown) {
		boolean first = this.missing.isEmpty();
		this.missing.add(name);
		Loopguard.instance()
			.problem(this, "the meters " + this.missing + " are missing or incomplete, because of " + thrown);
		String message = "Loopguard: the meter '" + name + "' could not be registered. The application works without "
				+ "it; what else is missing is in the status";
		if (first) {
			logger.warn(message, thrown);
		}
		else {
			logger.debug(message, thrown);
		}
	}

	@Override
	public void close() {
		Loopguard.instance().problem(this, null);
	}

}
