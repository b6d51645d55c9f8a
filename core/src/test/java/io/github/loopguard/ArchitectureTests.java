package io.github.loopguard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The structure of the core.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.loopguard";

	/**
	 * All packages, from the bottom up: a package depends only on those before it.
	 */
	private static final List<String> PACKAGES = List.of(BASE, BASE + ".blackbox", BASE + ".daemon", BASE + ".catalog",
			BASE + ".allowance", BASE + ".baseline", BASE + ".extension", BASE + ".policy", BASE + ".ledger",
			BASE + ".detect.stack", BASE + ".detect.turn", BASE + ".detect.thread", BASE + ".detect.annotation",
			BASE + ".detect.history", BASE + ".detect.timeline", BASE + ".detect", BASE + ".detect.waiting",
			BASE + ".detect.loop", BASE + ".detect.flight", BASE + ".blackbox.recorder", BASE + ".detect.installation",
			BASE + ".detect.blockhound", BASE + ".runtime", BASE + ".session");

	/**
	 * Packages that nothing outside the core uses.
	 */
	private static final List<String> INTERNAL = List.of(BASE + ".daemon", BASE + ".detect.stack",
			BASE + ".detect.turn", BASE + ".detect.thread", BASE + ".detect.annotation", BASE + ".detect.history",
			BASE + ".detect.timeline", BASE + ".detect.installation", BASE + ".detect.blockhound",
			BASE + ".blackbox.recorder", BASE + ".session");

	private static final int MOST_TYPES = 25;

	/**
	 * Of these, six belong to the loop monitor: the detector, its settings and what it
	 * tells of a loop, which the endpoint and the meters need, what it needs of the
	 * recorder, what waits for loops, which requests and clients tell, and where that is
	 * counted. Two are for all detectors that look from outside: where they are, and
	 * their settings. Seven belong to the black box: what it needs of the loop monitor,
	 * its settings, and the file, its header, its records, how it is written and why it
	 * cannot be read, which the command line needs. Two belong to the flight recorder
	 * detector: itself and its settings. Three are for what is switched while the JVM
	 * runs.
	 */
	private static final int MOST_PUBLIC_TYPES = 70;

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(BASE);

	static List<String> packages() {
		return PACKAGES;
	}

	@ParameterizedTest
	@MethodSource("packages")
	void aPackageDependsOnlyOnThoseBelowIt(String name) {
		List<String> above = PACKAGES.subList(PACKAGES.indexOf(name) + 1, PACKAGES.size());
		noClasses().that()
			.resideInAPackage(name)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(above.toArray(String[]::new))
			.check(CLASSES);
	}

	@Test
	void everyPackageIsListed() {
		assertThat(typesByPackage().keySet()).isSubsetOf(PACKAGES);
	}

	@Test
	void noPackageIsLarge() {
		typesByPackage().forEach((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo((long) MOST_TYPES));
	}

	@Test
	void fewTypesArePublic() {
		assertThat(CLASSES.stream()
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getName)
			.filter((name) -> INTERNAL.stream().noneMatch((internal) -> name.startsWith(internal + '.'))))
			.hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
	}

	@Test
	void internalPackagesSayThatTheyAre() throws IOException {
		for (String name : INTERNAL) {
			assertThat(Files.readString(Path.of("src/main/java", name.replace('.', '/'), "package-info.java"))
				.replaceAll("\\s*\\R \\* ", " ")).contains("Internal: not for use outside of this module.");
		}
	}

	@Test
	void noFileIsLong() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			assertThat(files.filter(Files::isRegularFile)).allSatisfy(
					(file) -> assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(300));
		}
	}

	@Test
	void packagesAreFreeOfCycles() {
		slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void coreKnowsNoSpringAndNoBridge() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", BASE + ".bridge..")
			.check(CLASSES);
	}

	@Test
	void nothingOnTheLoopPathLogs() {
		noClasses().that()
			.resideInAPackage(BASE + ".detect..")
			.or()
			.resideInAPackage(BASE + ".policy")
			.or()
			.haveFullyQualifiedName(BASE + ".ledger.Ledger")
			.or()
			.haveFullyQualifiedName(BASE + ".ledger.OccurrenceCounter")
			.or()
			.haveFullyQualifiedName(BASE + ".ledger.Total")
			.or()
			.haveFullyQualifiedName(BASE + ".ledger.ViolationEntry")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.apache.commons.logging..",
					"io.micrometer.core..")
			.check(CLASSES);
	}

	private static Map<String, Long> typesByPackage() {
		return CLASSES.stream()
			.filter((type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
	}

}
