package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.Offender;
import io.github.loopguard.Violation;

/**
 * Recognises code of test frameworks, build tools, coverage agents and IDEs.
 */
final class TestHarness {

	private static final List<String> PACKAGES = List.of("org.junit.", "org.mockito.", "net.bytebuddy.",
			"org.objenesis.", "org.apache.maven.", "org.gradle.", "worker.org.gradle.", "org.jacoco.", "com.intellij.",
			"org.jetbrains.coverage.", "org.eclipse.jdt.", "org.netbeans.", "com.microsoft.java.test.", "io.mockk.",
			"org.pitest.", "org.testng.", "io.github.loopguard.test.");

	private TestHarness() {
	}

	/**
	 * Returns whether such code made the blocking call, by itself or in a mock that the
	 * code under test called.
	 */
	static boolean isResponsible(Violation violation) {
		Offender offender = violation.offender();
		return offender != null && PACKAGES.stream().anyMatch(offender.className()::startsWith);
	}

}
