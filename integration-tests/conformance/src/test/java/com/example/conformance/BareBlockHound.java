package com.example.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import reactor.blockhound.BlockHound;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the operations on a thread that must not block under BlockHound as it comes, in a
 * JVM without Loopguard, and prints which of them it finds. Whatever it reports while an
 * operation runs counts, under whatever name.
 */
final class BareBlockHound {

	private static final String FOUND = "found: ";

	private static final String RECORDED = "recorded: ";

	private static volatile boolean hit;

	private BareBlockHound() {
	}

	/**
	 * Installs BlockHound and runs all operations.
	 * @param args none
	 */
	public static void main(String[] args) throws Exception {
		run(() -> 0);
	}

	/**
	 * Installs BlockHound and runs all operations.
	 * @param recorder counts what is found beside BlockHound's callback
	 */
	static void run(LongSupplier recorder) throws Exception {
		BlockHound.builder().loadIntegrations().blockingMethodCallback((method) -> hit = true).install();
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Areas.class)) {
			Scheduler loop = Schedulers.newSingle("loop");
			Collection<Operations> areas = context.getBeansOfType(Operations.class).values();
			for (Operation operation : areas.stream().flatMap((area) -> Operation.of(area).stream()).toList()) {
				long before = recorder.getAsLong();
				if (finds(operation, loop)) {
					System.out.println(FOUND + operation.id());
				}
				if (recorder.getAsLong() > before) {
					System.out.println(RECORDED + operation.id());
				}
			}
		}
		System.exit(0);
	}

	/**
	 * Returns what a JVM of its own finds.
	 * @param options options of the JVM
	 */
	static Result inAJvmOfItsOwn(String... options) throws IOException, InterruptedException {
		return inAJvm(BareBlockHound.class, classPathWithoutLoopguard(), options);
	}

	/**
	 * Returns what a JVM of its own finds.
	 * @param main its main class
	 * @param classPath its class path
	 * @param options options of the JVM
	 */
	static Result inAJvm(Class<?> main, String classPath, String... options) throws IOException, InterruptedException {
		Path output = Files.createTempFile("blockhound", ".out");
		try {
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(List.of(options));
			command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+EnableDynamicAgentLoading",
					"-Dsun.net.inetaddr.ttl=0", "-cp", classPath, main.getName()));
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			boolean ended = process.waitFor(3, TimeUnit.MINUTES);
			process.destroyForcibly();
			return new Result(ended && process.waitFor() == 0, Files.readAllLines(output));
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

	/**
	 * Makes the call as often as the conformance test does: whether some of them have to
	 * wait is a matter of luck.
	 */
	private static boolean finds(Operation operation, Scheduler loop) throws Exception {
		if (!operation.expectation().once()) {
			attempt(operation);
		}
		boolean found = false;
		for (int i = 0; i < operation.times(); i++) {
			found |= findsOnce(operation, loop);
		}
		return found;
	}

	private static boolean findsOnce(Operation operation, Scheduler loop) throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		Object given = given(operation);
		hit = false;
		loop.schedule(() -> {
			run(operation, given);
			done.countDown();
		});
		if (!done.await(30, TimeUnit.SECONDS)) {
			throw new IllegalStateException(operation + " does not return");
		}
		boolean found = hit;
		close(given);
		return found;
	}

	private static void attempt(Operation operation) throws Exception {
		Object given = given(operation);
		run(operation, given);
		close(given);
	}

	private static Object given(Operation operation) {
		try {
			return operation.given();
		}
		catch (Throwable ex) {
			throw new IllegalStateException(operation.id(), ex);
		}
	}

	private static void run(Operation operation, Object given) {
		try {
			operation.run(given);
		}
		catch (Throwable ex) {
			System.out.println(operation + ": " + ex);
		}
	}

	private static void close(Object given) throws Exception {
		if (given instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan(useDefaultFilters = false, includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE,
			classes = { Operations.class, Workspace.class, TlsMaterial.class }))
	static class Areas {

	}

	/**
	 * What came of a JVM.
	 *
	 * @param installed whether BlockHound could be installed
	 * @param output what it printed
	 */
	record Result(boolean installed, List<String> output) {

		Set<String> found() {
			return operations(FOUND);
		}

		Set<String> recorded() {
			return operations(RECORDED);
		}

		private Set<String> operations(String prefix) {
			return this.output.stream()
				.filter((line) -> line.startsWith(prefix))
				.map((line) -> line.substring(prefix.length()))
				.collect(Collectors.toUnmodifiableSet());
		}

	}

}
