package io.github.loopguard;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The directions in which packages of the core depend on each other.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.loopguard";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(BASE);

	@Test
	void catalogDependsOnNothingOfOurs() {
		noClasses().that()
			.resideInAPackage(BASE + ".catalog..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE, BASE + ".policy..", BASE + ".violation..", BASE + ".detect..", BASE + ".bridge..")
			.check(CLASSES);
	}

	@Test
	void policyDependsOnTheCatalogOnly() {
		noClasses().that()
			.resideInAPackage(BASE + ".policy..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE, BASE + ".violation..", BASE + ".detect..", BASE + ".bridge..")
			.check(CLASSES);
	}

	@Test
	void violationKnowsNoDetector() {
		noClasses().that()
			.resideInAPackage(BASE + ".violation..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE, BASE + ".detect..", BASE + ".bridge..")
			.check(CLASSES);
	}

	@Test
	void detectKnowsNoBridgeAndNotWhoPutsItTogether() {
		noClasses().that()
			.resideInAPackage(BASE + ".detect..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE, BASE + ".bridge..")
			.check(CLASSES);
	}

	@Test
	void detectDoesNotDependOnItsDetectors() {
		noClasses().that()
			.resideInAPackage(BASE + ".detect")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE + ".detect.*..")
			.check(CLASSES);
	}

	@Test
	void bridgeStandsApart() {
		noClasses().that()
			.resideInAPackage(BASE + ".bridge..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE, BASE + ".catalog..", BASE + ".policy..", BASE + ".violation..",
					BASE + ".detect..")
			.check(CLASSES);
	}

	@Test
	void packagesAreFreeOfCycles() {
		slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void coreKnowsNoSpring() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..").check(CLASSES);
	}

	@Test
	void nothingOnTheLoopPathLogs() {
		noClasses().that()
			.resideInAPackage(BASE + ".detect..")
			.or()
			.haveFullyQualifiedName(BASE + ".violation.Ledger")
			.or()
			.haveFullyQualifiedName(BASE + ".violation.Tally")
			.or()
			.haveFullyQualifiedName(BASE + ".violation.Total")
			.or()
			.haveFullyQualifiedName(BASE + ".violation.ViolationEntry")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.apache.commons.logging..",
					"io.micrometer.core..")
			.check(CLASSES);
	}

}
