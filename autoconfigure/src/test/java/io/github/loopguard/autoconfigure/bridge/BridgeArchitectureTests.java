package io.github.loopguard.autoconfigure.bridge;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Tests that only the public API of the bridge is used.
 */
class BridgeArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.loopguard.autoconfigure");

	@Test
	void theEngineOfTheBridgeIsNotUsed() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAPackage("io.github.loopguard.bridge.engine..")
			.orShould()
			.dependOnClassesThat()
			.haveNameMatching("io\\.github\\.loopguard\\.bridge\\.LaneProvider.*")
			.check(CLASSES);
	}

}
