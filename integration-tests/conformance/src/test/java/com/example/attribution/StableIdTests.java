package com.example.attribution;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Violations keep their identifiers while the code around them changes.
 */
@SpringBootTest(classes = AttributionApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class StableIdTests {

	private static final String SOURCE = """
			package com.example.attribution.generated;
			import java.io.*;
			import java.nio.file.*;
			import java.util.function.*;
			public class Orders implements Runnable {
				%s
				Supplier<Object> more() {
					%s
					return () -> new File("pom.xml").length();
				}
				public void run() {
					try {
						Files.readString(Path.of("pom.xml"));
					}
					catch (IOException ex) {
						throw new UncheckedIOException(ex);
					}
					more().get();
					new Supplier<Boolean>() {
						public Boolean get() {
							return new File("pom.xml").exists();
						}
					}.get();
				}
			}
			""";

	@Test
	void tenBlankLinesAndALambdaAndAnAnonymousClassMoreChangeNoId(@TempDir Path before, @TempDir Path after) {
		Set<String> ids = ids(before, SOURCE.formatted("", ""));
		String field = "\n".repeat(10) + "Runnable first = new Runnable() { public void run() { } };";
		Set<String> idsOfTheChanged = ids(after,
				SOURCE.formatted(field, "Runnable lambda = () -> System.out.println(); lambda.run();"));
		assertThat(ids).hasSize(3);
		assertThat(idsOfTheChanged).isEqualTo(ids);
	}

	private static Set<String> ids(Path directory, String source) {
		Runnable orders = (Runnable) LibraryJar.newInstance(directory, "orders.jar",
				Map.of("com.example.attribution.generated.Orders", source));
		Loopguard.instance().ledger().clear();
		InnocentTests.onLoop(Schedulers.parallel()::schedule, orders);
		Set<String> ids = new TreeSet<>();
		for (Violation violation : Loopguard.instance().ledger().violations()) {
			assertThat(violation.count()).isEqualTo(1);
			assertThat(violation.site().className()).startsWith("com.example.attribution.generated.Orders");
			ids.add(violation.id());
		}
		return ids;
	}

}
