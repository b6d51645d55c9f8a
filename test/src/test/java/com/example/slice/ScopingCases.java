package com.example.slice;

import java.time.Duration;

import com.example.shop.Blocking;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.test.AllowBlocking;
import io.github.loopguard.test.BlockingViolations;
import io.github.loopguard.test.ExpectBlocking;
import io.github.loopguard.test.NonBlockingTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that allow, expect or assert blocking. Run by a test kit.
 */
final class ScopingCases {

	private ScopingCases() {
	}

	private static void read() {
		Blocking.plain().subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30));
	}

	/**
	 * Allowances on methods.
	 */
	@NonBlockingTest
	static class Methods {

		@Test
		@AllowBlocking(rule = "file-read", reason = "tariffs", owner = "@orders", until = "2999-12-31")
		void allowed() {
			read();
		}

		@Test
		@AllowBlocking(rule = "file-read", at = Blocking.class, reason = "tariffs", owner = "@orders",
				until = "2999-12-31")
		void allowedThere() {
			read();
		}

		@Test
		@AllowBlocking(rule = "sleep", reason = "tariffs", owner = "@orders", until = "2999-12-31")
		void otherRule() {
			read();
		}

		@Test
		@AllowBlocking(rule = "file-read", at = ReactorCase.class, reason = "tariffs", owner = "@orders",
				until = "2999-12-31")
		void otherPlace() {
			read();
		}

		@Test
		@AllowBlocking(rule = "file-read", reason = "tariffs", owner = "@orders", until = "2020-12-31")
		void expired() {
			read();
		}

		@Test
		@AllowBlocking(rule = "file-raed", reason = "tariffs", owner = "@orders", until = "2999-12-31")
		void unknownRule() {
		}

		@Test
		@AllowBlocking(rule = "file-read", reason = "tariffs", owner = "@orders", until = "next year")
		void noDate() {
		}

		@Test
		@AllowBlocking(rule = "file-read", reason = " ", owner = "@orders", until = "2999-12-31")
		void noReason() {
		}

	}

	/**
	 * An allowance on a class.
	 */
	@NonBlockingTest
	@AllowBlocking(rule = "file-read", reason = "tariffs", owner = "@orders", until = "2999-12-31")
	static class All {

		@Test
		void allowed() {
			read();
		}

	}

	/**
	 * Expectations.
	 */
	@NonBlockingTest
	static class Expectations {

		@Test
		@ExpectBlocking(rule = "file-read", at = Blocking.class)
		void expected() {
			read();
		}

		@Test
		@ExpectBlocking(rule = "sleep")
		void otherRule() {
			read();
		}

		@Test
		@ExpectBlocking(rule = "file-read")
		void nothing() {
		}

	}

	/**
	 * Assertions and scopes.
	 */
	@NonBlockingTest
	static class Parameters {

		@Test
		void none(BlockingViolations violations) {
			assertThat(violations).hasNone();
		}

		@Test
		void noneButOne(BlockingViolations violations) {
			read();
			assertThat(violations).hasNone();
		}

		@Test
		void accepted(BlockingViolations violations) {
			read();
			assertThat(violations).hasRule("file-read").at(Blocking.class).atMost(1);
		}

		@Test
		void acceptedOnceButDoneTwice(BlockingViolations violations) {
			read();
			assertThat(violations).hasRule("file-read");
			read();
		}

		@Test
		void tooOften(BlockingViolations violations) {
			read();
			read();
			assertThat(violations).hasRule("file-read").atMost(1);
		}

		@Test
		void elsewhere(BlockingViolations violations) {
			read();
			assertThat(violations).hasRule("file-read").at(ReactorCase.class);
		}

		@Test
		void notAtAll(BlockingViolations violations) {
			assertThat(violations).hasRule("file-read");
		}

		@Test
		void atMostOne(BlockingViolations violations) {
			read();
			assertThat(violations).atMost(1);
		}

		@Test
		void scope(BlockingViolations violations) {
			try (BlockingViolations.Scope scope = violations.allow("file-read", "tariffs")) {
				read();
				try (BlockingViolations.Scope inner = violations.allow("sleep", "nap")) {
					read();
				}
				read();
			}
			assertThat(violations).hasNone();
		}

		@Test
		void afterScope(BlockingViolations violations) {
			try (BlockingViolations.Scope scope = violations.allow("file-read", "tariffs")) {
				read();
			}
			read();
		}

	}

}
