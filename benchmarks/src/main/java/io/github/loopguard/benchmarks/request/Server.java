package io.github.loopguard.benchmarks.request;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.example.bench.server.ItemServer;

/**
 * A server in a JVM of its own.
 */
final class Server implements AutoCloseable {

	private static final Pattern COST = Pattern.compile("\\{\"cpu\":(\\d+),\"bytes\":(\\d+)}");

	private final Process process;

	private final int port;

	private Server(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static Server start(Detector detector) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xms256m",
				"-Xmx256m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
		if (detector == Detector.BLOCKHOUND) {
			command.add("-XX:+AllowRedefinitionToAddDeleteMethods");
		}
		command.addAll(List.of("-cp", classPath(detector), ItemServer.class.getName(), "--server.port=0",
				"--management.endpoints.web.exposure.include=health,blocking", "--logging.level.root=warn",
				"--spring.main.banner-mode=off"));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		StringBuilder text = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(ItemServer.PORT)) {
				return new Server(process, Integer.parseInt(line.substring(ItemServer.PORT.length())));
			}
			text.append(line).append('\n');
		}
		throw new IllegalStateException("The server did not start:\n" + text);
	}

	Connection connect() throws IOException {
		return new Connection(this.port);
	}

	/**
	 * Makes sure that the detector is there, and that a clean route is clean.
	 */
	void check(Detector detector) throws IOException {
		try (Connection connection = connect()) {
			if (detector == Detector.LOOPGUARD) {
				String report = connection.get("/actuator/blocking");
				if (!report.contains("\"status\":\"ACTIVE\"") || !report.contains("\"occurrences\":0")) {
					throw new IllegalStateException("Unexpected state of Loopguard: " + report);
				}
				connection.get("/blocked");
				report = connection.get("/actuator/blocking");
				if (!report.contains("\"occurrences\":1")) {
					throw new IllegalStateException("Loopguard found nothing: " + report);
				}
			}
			else if (!connection.get("/blocked").equals("true")) {
				throw new IllegalStateException("BlockHound found nothing");
			}
		}
	}

	Cost cost() throws IOException {
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
			.filter((entry) -> detector == Detector.LOOPGUARD
					|| !new File(entry).getName().matches("loopguard-.*\\.jar"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	enum Detector {

		/** BlockHound as it comes. */
		BLOCKHOUND,
		/** Loopguard's starter. */
		LOOPGUARD

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
