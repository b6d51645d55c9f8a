package io.github.loopguard.autoconfigure.loading;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.loopguard.runtime.Loopguard;
import org.jspecify.annotations.Nullable;

/**
 * Loads Loopguard's classes while Spring prepares the environment: reading a class takes
 * a third of a millisecond, and a start has one busy thread. Nothing depends on it: a
 * class that is needed before is loaded by who needs it.
 */
public final class EarlyLoading {

	/**
	 * Name of the resource that lists the classes which each start needs, in this order.
	 */
	public static final String LIST = "start-classes.txt";

	/** One class, on a disk that is slow. */
	private static final long PATIENCE = TimeUnit.SECONDS.toMillis(1);

	private static @Nullable Thread loader;

	private static volatile boolean wanted;

	private static volatile boolean done;

	private EarlyLoading() {
	}

	/**
	 * Loads the classes on a thread that ends soon, once, if there is a processor for it
	 * and Loopguard is not disabled, as far as that is known before there is an
	 * environment. Returns at once.
	 */
	public static synchronized void start() {
		String enabled = System.getProperty("loopguard.enabled", System.getenv("LOOPGUARD_ENABLED"));
		if (done || wanted || "false".equalsIgnoreCase(enabled) || Runtime.getRuntime().availableProcessors() == 1) {
			return;
		}
		wanted = true;
		Thread created = new Thread(null, EarlyLoading::load, "loopguard-loader", 0, false);
		created.setDaemon(true);
		created.setContextClassLoader(EarlyLoading.class.getClassLoader());
		created.start();
		loader = created;
	}

	/**
	 * Stops to load. Returns at once.
	 */
	public static void stop() {
		wanted = false;
	}

	/**
	 * Stops to load, and waits for the class that is being loaded. A class whose loading
	 * begins before hooks are woven and ends afterwards would have none.
	 */
	public static synchronized void stopAndWait() {
		stop();
		if (loader != null) {
			try {
				loader.join(PATIENCE);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static void load() {
		try (InputStream list = Objects.requireNonNull(EarlyLoading.class.getResourceAsStream(LIST))) {
			Loopguard.instance();
			BufferedReader names = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII));
			String name = names.readLine();
			while (wanted && name != null) {
				load(name);
				name = names.readLine();
			}
			done = name == null;
		}
		catch (Throwable ex) {
			// Who needs the class will see why it cannot be loaded.
		}
	}

	/**
	 * Loads a class and verifies it without running any of its code. What it needs may be
	 * absent: then the application does not need it either.
	 */
	private static void load(String name) {
		try {
			Class.forName(name, false, EarlyLoading.class.getClassLoader()).getDeclaredConstructors();
		}
		catch (ClassNotFoundException | LinkageError ex) {
			// As above.
		}
	}

}
