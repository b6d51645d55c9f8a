package io.github.loopguard.benchmarks.startup;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.example.bench.cold.ColdServer;
import io.github.loopguard.benchmarks.request.Connection;

/**
 * Prints what the first request after readiness costs the event loops of a trivial
 * application, with and without the warm-up: how many classes they load, and how long the
 * answer takes.
 */
public final class ColdStart {

	private static final String ROUTE = "/items/42";

	private static final String PASSWORD = "password";

	private final Path keyStore;

	private ColdStart(Path keyStore) {
		this.keyStore = keyStore;
	}

	/**
	 * Runs and prints the measurement.
	 * @param args number of JVMs for each way to start, 2 if absent
	 * @throws Exception if a JVM cannot be started
	 */
	public static void main(String[] args) throws Exception {
		int runs = (args.length > 0) ? Integer.parseInt(args[0]) : 2;
		Path directory = Files.createTempDirectory("cold-start");
		ColdStart coldStart = new ColdStart(directory.resolve("server.p12"));
		try {
			coldStart.makeKey();
			Map<Arm, List<Cost>> costs = new EnumMap<>(Arm.class);
			for (int run = 0; run < runs; run++) {
				for (Arm arm : Arm.values()) {
					costs.computeIfAbsent(arm, (missing) -> new ArrayList<>()).add(coldStart.run(arm));
				}
			}
			System.out.printf("JDK %s, least of %d JVMs%n%n", Runtime.version(), runs);
			System.out.printf("%-44s %18s %16s %17s%n", "", "classes on loops", "first answer ms", "second answer ms");
			costs.forEach((arm, of) -> System.out.printf("%-44s %18d %16.1f %17.1f%n", arm.title,
					least(of, Cost::classes), least(of, Cost::first) / 1e6, least(of, Cost::second) / 1e6));
		}
		finally {
			Files.deleteIfExists(coldStart.keyStore);
			Files.delete(directory);
		}
	}

	private Cost run(Arm arm) throws Exception {
		Process process = new ProcessBuilder(command(arm)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			int port = Integer.parseInt(read(output, ColdServer.PORT));
			long first;
			long second;
			try (Connection connection = new Connection(connect(arm, port))) {
				first = request(connection);
				second = request(connection);
			}
			process.getOutputStream().write('\n');
			process.getOutputStream().flush();
			return new Cost(Long.parseLong(read(output, ColdServer.CLASSES)), first, second);
		}
		finally {
			process.destroy();
			process.waitFor();
		}
	}

	private static long request(Connection connection) throws IOException {
		long start = System.nanoTime();
		connection.get(ROUTE);
		return System.nanoTime() - start;
	}

	private List<String> command(Arm arm) {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> arm.loopguard || !new File(entry).getName().matches("loopguard-.*\\.jar"))
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
				"-XX:+EnableDynamicAgentLoading", "-cp", classPath, ColdServer.class.getName(), "--server.port=0",
				"--logging.level.root=warn", "--spring.main.banner-mode=off"));
		if (arm.tls) {
			command.addAll(List.of("--server.ssl.key-store=file:" + this.keyStore,
					"--server.ssl.key-store-password=" + PASSWORD));
		}
		command.addAll(arm.options);
		return command;
	}

	private Socket connect(Arm arm, int port) throws IOException, GeneralSecurityException {
		InetAddress host = InetAddress.getLoopbackAddress();
		return arm.tls ? trustingTheServer().getSocketFactory().createSocket(host, port) : new Socket(host, port);
	}

	private SSLContext trustingTheServer() throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(this.keyStore)) {
			store.load(in, PASSWORD.toCharArray());
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	private void makeKey() throws IOException, InterruptedException {
		int status = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias",
				"server", "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12", "-storepass", PASSWORD,
				"-keystore", this.keyStore.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
		if (status != 0) {
			throw new IllegalStateException("keytool ended with " + status);
		}
	}

	private static String read(BufferedReader output, String prefix) throws IOException {
		StringBuilder text = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(prefix)) {
				return line.substring(prefix.length());
			}
			text.append(line).append('\n');
		}
		throw new IllegalStateException("The server did not print '" + prefix + "':\n" + text);
	}

	private static long least(List<Cost> costs, ToLongFunction<Cost> figure) {
		return costs.stream().mapToLong(figure).min().orElseThrow();
	}

	/**
	 * A way to start the server.
	 */
	private enum Arm {

		ALONE("without Loopguard", false, false),

		COLD("with Loopguard, no warm-up", true, false),

		NO_ROUTES("warm-up", true, false, "--loopguard.warmup.enabled=true"),

		OTHER_ROUTE("warm-up, three times a path that is not found", true, false, "--loopguard.warmup.enabled=true",
				"--loopguard.warmup.routes=/not-found"),

		ROUTE("warm-up, three times the route", true, false, "--loopguard.warmup.enabled=true",
				"--loopguard.warmup.routes=" + ColdStart.ROUTE),

		TLS_ALONE("TLS, without Loopguard", false, true),

		TLS_COLD("TLS, with Loopguard, no warm-up", true, true),

		TLS_ROUTE("TLS, warm-up, three times the route", true, true, "--loopguard.warmup.enabled=true",
				"--loopguard.warmup.routes=" + ColdStart.ROUTE);

		private final String title;

		private final boolean loopguard;

		private final boolean tls;

		private final List<String> options;

		Arm(String title, boolean loopguard, boolean tls, String... options) {
			this.title = title;
			this.loopguard = loopguard;
			this.tls = tls;
			this.options = List.of(options);
		}

	}

	/**
	 * What a start cost its first clients.
	 *
	 * @param classes classes loaded on event loops after readiness
	 * @param first nanoseconds of the first request, the handshake of TLS included
	 * @param second nanoseconds of the second
	 */
	private record Cost(long classes, long first, long second) {
	}

}
