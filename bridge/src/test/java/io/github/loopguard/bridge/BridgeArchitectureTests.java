package io.github.loopguard.bridge;

import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import io.github.loopguard.bridge.operation.LaneTransactions;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the package structure of the bridge.
 */
class BridgeArchitectureTests {

	private static final int MAX_TYPES = 25;

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.github.loopguard.bridge");

	@Test
	void theBridgeDependsOnNothingElseOfOurs() {
		noClasses().should()
			.dependOnClassesThat(resideInAPackage("io.github.loopguard..")
				.and(resideOutsideOfPackage("io.github.loopguard.bridge..")))
			.check(CLASSES);
	}

	@Test
	void theBridgeUsesNoMetersAndOnlyTransactionsUseSpring() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.micrometer.core..", "io.micrometer.observation..")
			.check(CLASSES);
		noClasses().that()
			.doNotBelongToAnyOf(LaneTransactions.class)
			.should()
			.dependOnClassesThat(resideInAPackage("org.springframework.."))
			.check(CLASSES);
		noClasses().should()
			.dependOnClassesThat(resideInAPackage("org.springframework..")
				.and(resideOutsideOfPackage("org.springframework.transaction..")))
			.check(CLASSES);
	}

	@Test
	void packagesDependInOneDirection() {
		layeredArchitecture().consideringOnlyDependenciesInLayers()
			.layer("API")
			.definedBy("io.github.loopguard.bridge")
			.layer("operations")
			.definedBy("io.github.loopguard.bridge.operation")
			.layer("context")
			.definedBy("io.github.loopguard.bridge.engine.context")
			.layer("engine")
			.definedBy("io.github.loopguard.bridge.engine")
			.layer("lanes")
			.definedBy("io.github.loopguard.bridge.engine.lane")
			.whereLayer("API")
			.mayNotAccessAnyLayer()
			.whereLayer("operations")
			.mayOnlyAccessLayers("API")
			.whereLayer("context")
			.mayOnlyAccessLayers("API")
			.whereLayer("engine")
			.mayOnlyAccessLayers("API", "context")
			.whereLayer("lanes")
			.mayOnlyAccessLayers("API", "engine", "context")
			.ensureAllClassesAreContainedInArchitecture()
			.check(CLASSES);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching("(io.github.loopguard.bridge..)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void noPackageHasTooManyTypes() {
		assertThat(CLASSES.stream()
			.filter(JavaClass::isTopLevelClass)
			.filter((type) -> !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()))).hasSizeGreaterThan(1)
			.allSatisfy((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo(MAX_TYPES));
	}

	@Test
	void onlyTheBridgeItselfUsesItsProvider() {
		noClasses().that()
			.resideOutsideOfPackage("io.github.loopguard.bridge.engine..")
			.and()
			.doNotBelongToAnyOf(BlockingBridge.class, LaneCache.class, LaneProvider.class)
			.should()
			.dependOnClassesThat()
			.belongToAnyOf(LaneProvider.class)
			.check(CLASSES);
	}

}
