package com.example.matrix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import io.github.loopguard.autoconfigure.loading.EarlyLoading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Which classes a start loads and changes: unlike its time, they do not depend on the
 * machine. Run with {@code -Dloopguard.regenerate=true} to write down what a change is
 * meant to cost.
 */
class ClassesStartTests {

	private static final boolean REGENERATE = Boolean.getBoolean("loopguard.regenerate");

	private static final Path LIST = Path.of("..", "..", "autoconfigure", "src", "main", "resources", "io", "github",
			"loopguard", "autoconfigure", "loading", EarlyLoading.LIST);

	private static final Path COSTS = Path.of("src", "test", "resources", "start-costs.properties");

	/** Without what waits until an application has started. */
	private static final String[] PRODUCTION = { "--loopguard.profile=production",
			"--loopguard.black-box.enabled=false", "--loopguard.flight-recorder.enabled=false" };

	/** By how many classes starts differ that ought to be the same. */
	private static final int SPREAD = 100;

	/**
	 * One processor, so that nothing is loaded before it is needed.
	 */
	@Test
	void whatIsLoadedEarlyIsWhatAStartNeeds() throws Exception {
		List<String> needed = loaded(
				application(ClassPath.application()).option("-XX:ActiveProcessorCount=1").argument(PRODUCTION))
			.stream()
			.filter((name) -> name.startsWith("io.github.loopguard.") && !name.contains("$$"))
			.filter((name) -> !name.startsWith(EarlyLoading.class.getPackageName()))
			.toList();
		if (REGENERATE) {
			Files.write(LIST, needed);
		}
		Set<String> listed = listed();
		assertThat(needed.stream().filter((name) -> !listed.contains(name)))
			.as("needed by a start and not in %s", EarlyLoading.LIST)
			.hasSizeLessThan(30);
		assertThat(listed.stream().filter((name) -> !needed.contains(name)))
			.as("in %s and not needed by a start", EarlyLoading.LIST)
			.hasSizeLessThan(20);
	}

	@Test
	void startsLoadNoMoreClassesThanTheyDid() throws Exception {
		int alone = loaded(application(ClassPath.application().without("loopguard-.*"))).size();
		assertCosts("production.classes",
				loaded(application(ClassPath.application()).argument(PRODUCTION)).size() - alone);
		assertCosts("development.classes", loaded(application(ClassPath.application())).size() - alone);
	}

	@Test
	void startsChangeNoMoreClassesThanTheyDid() throws Exception {
		Path log = log();
		List<String> changed;
		try (Started started = application(ClassPath.application())
			.option("-Xlog:redefine+class+load=info:file=" + log + ":none:filecount=0")
			.start()) {
			started.get("/block");
			changed = Files.readAllLines(log)
				.stream()
				.filter((line) -> line.startsWith("redefined name="))
				.map((line) -> line.substring("redefined name=".length(), line.indexOf(',')))
				.toList();
		}
		assertThat(changed).as("each class is changed once").doesNotHaveDuplicates();
		assertCosts("development.changed", changed.size());
	}

	private static void assertCosts(String what, int seen) throws IOException {
		String key = what + "." + Runtime.version().feature();
		Properties costs = new Properties();
		try (InputStream file = Files.newInputStream(COSTS)) {
			costs.load(file);
		}
		if (REGENERATE) {
			costs.setProperty(key, String.valueOf(seen));
			List<String> lines = new ArrayList<>();
			new TreeMap<>(costs).forEach((name, value) -> lines.add(name + "=" + value));
			Files.write(COSTS, lines);
		}
		assumeThat(costs).as("JDKs that are known").containsKey(key);
		int known = Integer.parseInt(costs.getProperty(key));
		assertThat(seen).as("%s, about as in %s", key, COSTS).isBetween(known - SPREAD, known + SPREAD);
	}

	/**
	 * The application as most are: the endpoint is not exposed.
	 */
	private static Launch application(ClassPath classPath) {
		return Launch.application(classPath).argument("--management.endpoints.web.exposure.include=health");
	}

	/**
	 * Returns the names of classes that are loaded until the application is ready.
	 */
	private static List<String> loaded(Launch launch) throws Exception {
		Path log = log();
		try (Started started = launch.option("-Xlog:class+load:file=" + log + ":none:filecount=0").start()) {
			started.awaitOutput("Started StartApplication in ", 1);
			return Files.readAllLines(log)
				.stream()
				.filter((line) -> line.contains(" source: "))
				.map((line) -> line.substring(0, line.indexOf(' ')))
				.toList();
		}
	}

	private static Path log() throws IOException {
		return Files.createTempFile(Files.createDirectories(ClassPath.TARGET.resolve("starts")), "classes", ".log");
	}

	private static Set<String> listed() throws IOException {
		if (REGENERATE) {
			return new LinkedHashSet<>(Files.readAllLines(LIST));
		}
		try (BufferedReader list = new BufferedReader(new InputStreamReader(
				EarlyLoading.class.getResourceAsStream(EarlyLoading.LIST), StandardCharsets.US_ASCII))) {
			return new LinkedHashSet<>(list.lines().toList());
		}
	}

}
