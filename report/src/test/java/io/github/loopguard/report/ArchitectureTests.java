package io.github.loopguard.report;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * What reports and the baseline may know.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.loopguard";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(BASE + ".report", BASE + ".baseline");

	@Test
	void theBaselineKnowsNoReport() {
		noClasses().that()
			.resideInAPackage(BASE + ".baseline..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(BASE + ".report..")
			.check(CLASSES);
	}

	@Test
	void nothingHereDetectsOrRunsAnything() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE, BASE + ".detect..", BASE + ".bridge..")
			.check(CLASSES);
	}

	@Test
	void nothingHereKnowsSpring() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..").check(CLASSES);
	}

}
