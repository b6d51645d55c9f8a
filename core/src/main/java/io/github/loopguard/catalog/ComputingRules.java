package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for computations: methods that are known to be slow, and event loop turns that
 * took too long.
 */
final class ComputingRules {

	private ComputingRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(cpuHeavy(), loopStall());
	}

	private static RuleDefinition cpuHeavy() {
		String crypto = "org.springframework.security.crypto.";
		String[] hashing = { "encodeNonNullPassword", "matchesNonNull" };
		return rule("cpu-heavy", "A computation that is made to be slow")
			.fix("bridge.cpu(() -> encoder.matches(raw, encoded)), a pool sized to the cores")
			.libraryLeaf(crypto + "bcrypt.BCryptPasswordEncoder", hashing)
			.libraryLeaf(crypto + "argon2.Argon2PasswordEncoder", hashing)
			.libraryLeaf(crypto + "scrypt.SCryptPasswordEncoder", hashing)
			.libraryLeaf(crypto + "password.Pbkdf2PasswordEncoder", hashing)
			.libraryLeaf(crypto + "password4j.Password4jPasswordEncoder", hashing)
			.build();
	}

	private static RuleDefinition loopStall() {
		return rule("loop-stall", "A turn of the event loop that took too long")
			.fix("bridge.cpu(() -> expensive(input)), a pool sized to the cores")
			.build();
	}

}
