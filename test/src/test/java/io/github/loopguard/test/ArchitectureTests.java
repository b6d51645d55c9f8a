package io.github.loopguard.test;

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
 * The structure of the test support, and what it may depend on.
 */
class ArchitectureTests {

	private static final String OURS = "io.github.loopguard";

	private static final String BASE = OURS + ".test";

	/**
	 * All packages, from the bottom up: a package depends only on those before it.
	 */
	private static final List<String> PACKAGES = List.of(BASE + ".setting", BASE + ".baseline", BASE + ".report",
			BASE + ".tracking", BASE, BASE + ".session", BASE + ".web");

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
	void internalPackagesAreNotUsed() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage(OURS + ".detect.stack..", OURS + ".detect.blockhound..", OURS + ".bridge.engine..")
			.check(CLASSES);
	}

}
