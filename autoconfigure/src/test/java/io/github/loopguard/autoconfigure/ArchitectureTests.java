package io.github.loopguard.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;

import io.github.loopguard.bridge.operation.LaneTransactions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The structure of the auto-configuration, and the rules of Spring Boot's own modules.
 */
class ArchitectureTests {

	private static final String OURS = "io.github.loopguard";

	private static final String BASE = OURS + ".autoconfigure";

	/**
	 * All packages, from the bottom up: a package depends only on those before it.
	 */
	private static final List<String> PACKAGES = List.of(BASE + ".loading", BASE, BASE + ".web", BASE + ".client",
			BASE + ".metrics", BASE + ".health", BASE + ".endpoint", BASE + ".bridge", BASE + ".bridge.offload",
			BASE + ".bridge.tls", BASE + ".bridge.warmup");

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
	void autoConfigurationsArePublicAndFinalWithoutPublicMembers() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.check(CLASSES);
		methods().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic()
			.check(CLASSES);
		constructors().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic()
			.check(CLASSES);
	}

	@Test
	void internalPackagesAreNotUsed() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage(OURS + ".daemon..", OURS + ".detect.stack..", OURS + ".detect.turn..",
					OURS + ".detect.thread..", OURS + ".detect.annotation..", OURS + ".detect.history..",
					OURS + ".detect.timeline..", OURS + ".detect.installation..", OURS + ".detect.blockhound..",
					OURS + ".blackbox.recorder..", OURS + ".session..", OURS + ".bridge.engine..")
			.check(CLASSES);
	}

	@Test
	void onlyAutoConfigurationKnowsSpring() {
		noClasses().that()
			.resideOutsideOfPackage(BASE + "..")
			.and()
			.doNotBelongToAnyOf(LaneTransactions.class)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "io.micrometer.core..")
			.check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(OURS));
	}

}
