package io.github.loopguard.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The structure of the command line, and what it may depend on.
 */
class ArchitectureTests {

	private static final String OURS = "io.github.loopguard";

	private static final String BASE = OURS + ".cli";

	/**
	 * All packages, from the bottom up: a package depends only on those before it.
	 */
	private static final List<String> PACKAGES = List.of(BASE);

	private static final int MOST_TYPES = 25;

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
	void everyPackageIsListedAndNoneIsLarge() {
		Map<String, Long> types = CLASSES.stream()
			.filter((type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
		assertThat(types.keySet()).containsExactlyInAnyOrderElementsOf(PACKAGES);
		assertThat(types.values()).allMatch((count) -> count <= MOST_TYPES);
	}

	@Test
	void packagesAreFreeOfCycles() {
		slices().matching(OURS + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void nothingHereDetectsOrRunsAnything() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage(OURS + ".detect..", OURS + ".ledger..", OURS + ".policy..", OURS + ".runtime..",
					OURS + ".bridge..", OURS + ".blackbox.recorder..")
			.check(CLASSES);
	}

	@Test
	void nothingHereKnowsSpring() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..").check(CLASSES);
	}

}
