package io.github.loopguard.benchmarks.request;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.example.bench.server.ItemServer;

/**
 * A server in a JVM of its own.
 */
public final class Server implements AutoCloseable {

	private static final int CONNECTIONS = 4;

	private static final String ROUTE = "/items/42";

	private static final Pattern COST = Pattern.compile("\\{\"cpu\":(\\d+),\"bytes\":(\\d+)}");

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(40);

	private final Detector detector;

	private final Process process;

	private final int port;

	private Server(Detector detector, Process process, int port) {
		this.detector = detector;
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts a server.
	 * @param detector what watches it
	 * @return the server, as soon as it has a port
	 * @throws IOException if its JVM cannot be started
	 */
	public static Server start(Detector detector) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xms256m",
				"-Xmx256m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
		command.addAll(detector.options);
		command.addAll(List.of("-cp", classPath(detector), ItemServer.class.getName(), "--server.port=0",
				"--logging.level.root=warn", "--spring.main.banner-mode=off"));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		StringBuilder text = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(ItemServer.PORT)) {
				return new Server(detector, process, Integer.parseInt(line.substring(ItemServer.PORT.length())));
			}
			text.append(line).append('\n');
		}
		throw new IllegalStateException("The server did not start:\n" + text);
	}

	Connection connect() throws IOException {
		return new Connection(this.port);
	}

	/**
	 * Asks the route once.
	 * @throws IOException if there is no answer
	 */
	public void ask() throws IOException {
		try (Connection connection = connect()) {
			connection.get(ROUTE);
		}
	}

	/**
	 * Returns the CPU time that the JVM has used since it started, as the operating
	 * system tells it.
	 * @return the time
	 */
	public Duration cpu() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	/**
	 * Asks the route again and again, on several connections at once.
	 */
	void request(int requests) throws InterruptedException {
		List<Thread> clients = new ArrayList<>();
		List<Exception> failures = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			Thread client = new Thread(() -> {
				try (Connection connection = connect()) {
					for (int j = 0; j < requests / CONNECTIONS; j++) {
						connection.get(ROUTE);
					}
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			client.setUncaughtExceptionHandler((thread, ex) -> {
				synchronized (failures) {
					failures.add(new IllegalStateException(ex));
				}
			});
			clients.add(client);
			client.start();
		}
		for (Thread client : clients) {
			client.join();
		}
		synchronized (failures) {
			if (!failures.isEmpty()) {
				throw new IllegalStateException("A client failed", failures.get(0));
			}
		}
	}

	/**
	 * Returns what requests cost.
	 */
	Cost measure(int requests) throws Exception {
		Cost before = cost();
		request(requests);
		return cost().since(before, requests);
	}

	/**
	 * Waits until all that watches it works.
	 */
	void awaitDetectors() throws Exception {
		if (!this.detector.working.isEmpty()) {
			await((found) -> found.startsWith(this.detector.working));
		}
	}

	/**
	 * Makes sure that the detector is there, and that a clean route is clean.
	 */
	void check() throws Exception {
		try (Connection connection = connect()) {
			switch (this.detector) {
				case NONE -> expect("false", connection.get("/blocked"));
				case BLOCKHOUND -> expect("true", connection.get("/blocked"));
				case LOOPGUARD -> {
					expect(this.detector.working + "0", connection.get("/found"));
					expect("false", connection.get("/blocked"));
					expect(this.detector.working + "1", connection.get("/found"));
				}
				case PRODUCTION -> {
					String before = connection.get("/found");
					System.out.println(before + " found: " + connection.get("/violations"));
					connection.get("/stalled");
					await((found) -> found.startsWith(this.detector.working) && !found.equals(before));
				}
			}
		}
	}

	private void await(Predicate<String> expected) throws Exception {
		long start = System.nanoTime();
		try (Connection connection = connect()) {
			String found = connection.get("/found");
			while (!expected.test(found)) {
				if (System.nanoTime() - start > PATIENCE) {
					throw new IllegalStateException("The detectors found '" + found + "'");
				}
				Thread.sleep(100);
				found = connection.get("/found");
			}
		}
	}

	private static void expect(String expected, String actual) {
		if (!actual.equals(expected)) {
			throw new IllegalStateException("The detector found '" + actual + "', not '" + expected + "'");
		}
	}

	private Cost cost() throws IOException {
		try (Connection connection = connect()) {
			Matcher cost = COST.matcher(connection.get("/cost"));
			if (!cost.matches()) {
				throw new IllegalStateException("No cost");
			}
			return new Cost(Long.parseLong(cost.group(1)), Long.parseLong(cost.group(2)));
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String classPath(Detector detector) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !detector.working.isEmpty() || !new File(entry).getName().matches("loopguard-.*\\.jar"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * What watches a server.
	 */
	public enum Detector {

		/** Nothing: Loopguard's jars are not on the class path. */
		NONE("", "-D" + ItemServer.ALONE + "=true"),

		/** BlockHound as it comes. */
		BLOCKHOUND("", "-XX:+AllowRedefinitionToAddDeleteMethods"),

		/** Loopguard's starter. */
		LOOPGUARD("blockhound ACTIVE, loop-monitor ACTIVE, "),

		/** Loopguard's starter in production. */
		PRODUCTION("loop-monitor ACTIVE, flight-recorder ACTIVE, black-box ACTIVE, ", "-Dloopguard.profile=production");

		private final String working;

		private final List<String> options;

		Detector(String working, String... options) {
			this.working = working;
			this.options = List.of(options);
		}

	}

	/**
	 * What requests cost.
	 *
	 * @param cpu nanoseconds of CPU time
	 * @param bytes bytes allocated
	 */
	record Cost(double cpu, double bytes) {

		Cost since(Cost before, int requests) {
			return new Cost((this.cpu - before.cpu) / requests, (this.bytes - before.bytes) / requests);
		}

	}

}
