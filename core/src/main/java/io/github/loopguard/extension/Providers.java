package io.github.loopguard.extension;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Loads service providers one at a time, so that a broken one does not take the others
 * with it.
 *
 * @since 0.1
 */
public final class Providers {

	private Providers() {
	}

	/**
	 * Loads all providers of a service.
	 * @param <S> type of the service
	 * @param service the service
	 * @param broken is told why a provider could not be loaded
	 * @return the providers
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
