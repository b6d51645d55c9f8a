package io.github.loopguard.bridge;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The bridge stands apart.
 */
class BridgeArchitectureTests {

	private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.github.loopguard");

	@Test
	void theBridgeDependsOnNothingElseOfOurs() {
		noClasses().that()
			.resideInAPackage("io.github.loopguard.bridge..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.github.loopguard.catalog..", "io.github.loopguard.detect..",
					"io.github.loopguard.policy..", "io.github.loopguard.ledger..")
			.check(this.classes);
	}

	@Test
	void theBridgeKnowsNoSpringAndNoMeters() {
		noClasses().that()
			.resideInAPackage("io.github.loopguard.bridge..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "io.micrometer.core..", "io.micrometer.observation..")
			.check(this.classes);
	}

	@Test
	void theBridgesCoreDoesNotDependOnItsReadyMadeOperations() {
		noClasses().that()
			.resideInAPackage("io.github.loopguard.bridge")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.github.loopguard.bridge.*..")
			.check(this.classes);
	}

}
