package com.example.threads;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.blockhound.BlockHound;

/**
 * Runs a blocking call on all threads under BlockHound as it comes, in a JVM without
 * Loopguard and with the flag that BlockHound needs, and prints on which of them it finds
 * the call.
 */
final class BareBlockHound {

	private static final String FOUND = "found: ";

	private BareBlockHound() {
	}

	/**
	 * Installs BlockHound and visits all threads.
	 * @param args none
	 */
	public static void main(String[] args) throws Exception {
		ThreadLocal<Boolean> hit = ThreadLocal.withInitial(() -> false);
		BlockHound.builder().loadIntegrations().blockingMethodCallback((method) -> hit.set(true)).install();
		for (LibraryThread thread : ThreadTable.here()) {
			boolean found = thread.visit(() -> {
				hit.set(false);
				Thread.sleep(1);
				return hit.get();
			}).result();
			if (found) {
				System.out.println(FOUND + thread);
			}
		}
		System.exit(0);
	}

	/**
	 * Returns the threads on which a JVM of its own finds the call.
	 */
	static Set<String> inAJvmOfItsOwn() throws IOException, InterruptedException {
		Path output = Files.createTempFile("blockhound", ".out");
		try {
			Process process = new ProcessBuilder(List.of(
					Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
					"-XX:+AllowRedefinitionToAddDeleteMethods", "-XX:+EnableDynamicAgentLoading", "-cp",
					classPathWithoutLoopguard(), BareBlockHound.class.getName()))
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			boolean ended = process.waitFor(2, TimeUnit.MINUTES);
			process.destroyForcibly();
			List<String> lines = Files.readAllLines(output);
			if (!ended || process.waitFor() != 0) {
				throw new IllegalStateException(String.join("\n", lines));
			}
			return lines.stream()
				.filter((line) -> line.startsWith(FOUND))
				.map((line) -> line.substring(FOUND.length()))
				.collect(Collectors.toUnmodifiableSet());
		}
		finally {
			Files.delete(output);
		}
	}

	private static String classPathWithoutLoopguard() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !new File(entry, "io/github/loopguard").isDirectory()
					&& !new File(entry).getName().startsWith("loopguard-"))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
