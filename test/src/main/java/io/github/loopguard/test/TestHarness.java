package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.Offender;
import io.github.loopguard.Violation;

/**
 * Knows the code that only runs because somebody tests, measures or debugs.
 */
final class TestHarness {

	private static final List<String> PACKAGES = List.of("org.junit.", "org.mockito.", "net.bytebuddy.",
			"org.objenesis.", "org.apache.maven.", "org.gradle.", "worker.org.gradle.", "org.jacoco.", "com.intellij.",
			"org.jetbrains.coverage.", "org.eclipse.jdt.", "org.netbeans.", "com.microsoft.java.test.", "io.mockk.",
			"org.pitest.", "org.testng.", "io.github.loopguard.test.");

	private TestHarness() {
	}

	/**
	 * Tells whether the harness made a call, on its own or because code under test called
	 * a mock.
	 */
	static boolean isResponsible(Violation violation) {
		Offender offender = violation.offender();
		return offender != null && PACKAGES.stream().anyMatch(offender.className()::startsWith);
	}

}
