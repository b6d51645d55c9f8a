package io.github.loopguard.extension;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Loads service providers one by one, so that a broken provider does not keep others from
 * being loaded.
 *
 * @since 0.1
 */
public final class Providers {

	private Providers() {
	}

	/**
	 * Loads all providers of a service with the context class loader.
	 * @param <S> type of the service
	 * @param service the service
	 * @param broken receives the message of each provider that could not be loaded
	 * @return the providers that were loaded
	 */
	public static <S> List<S> load(Class<S> service, Consumer<String> broken) {
		List<S> loaded = new ArrayList<>();
		Iterator<S> iterator = ServiceLoader.load(service).iterator();
		while (true) {
			try {
				if (!iterator.hasNext()) {
					return loaded;
				}
				loaded.add(iterator.next());
			}
			catch (ServiceConfigurationError | LinkageError ex) {
				broken.accept(String.valueOf(ex.getMessage()));
			}
		}
	}

}
