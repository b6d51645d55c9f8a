package com.example.slice;

import java.util.List;

import com.example.shop.Blocking;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Violation;
import io.github.loopguard.test.BlockingViolationError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code @NonBlockingTest} fails on what common shapes of reactive code
 * swallow.
 */
class NonBlockingTestTests {

	private static final String[] SHAPES = { "plain()", "onErrorReturn()", "onErrorContinue()", "catchThrowable()",
			"retryWithFallback()", "fireAndForget()", "schedule()" };

	@Test
	void everyShapeFailsOnAReactorThreadAndTheFixedFormPasses() {
		Kit kit = Kit.run(ReactorCase.class);
		assertThat(kit.succeeded()).containsExactly("fixed()");
		assertThat(kit.failures()).containsOnlyKeys(SHAPES);
		assertThat(kit.failures().values()).allSatisfy(NonBlockingTestTests::isFileReadOfTheApplication);
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void failureSaysWhatHappenedWhereAndWhatToDo() {
		Throwable failure = Kit.run(ReactorCase.class).failures().get("catchThrowable()");
		assertThat(failure).hasMessageContainingAll("catchThrowable() blocked an event loop:",
				"Blocking call on event loop parallel-", ": java.nio.file.Files.readString [file-read]",
				"at com.example.shop.Blocking.read(Blocking.java:", "← your code", "held the loop for ",
				"fix: bridge.call(",
				"allow: @AllowBlocking(rule = \"file-read\", reason = \"…\", owner = \"…\", until = \"");
		assertThat(failure.getStackTrace()[0].getClassName()).startsWith("sun.nio.fs.");
		assertThat(failure.getStackTrace()).anyMatch((frame) -> frame.getMethodName().equals("read")
				&& frame.getClassName().equals(Blocking.class.getName()));
	}

	static void isFileReadOfTheApplication(Throwable failure) {
		assertThat(failure).isInstanceOfSatisfying(BlockingViolationError.class, (error) -> {
			List<Violation> violations = error.getViolations();
			assertThat(violations).singleElement().satisfies((violation) -> {
				assertThat(violation.rule()).isEqualTo("file-read");
				assertThat(violation.site()).isNotNull()
					.extracting((site) -> site.className())
					.isEqualTo(Blocking.class.getName());
			});
		});
	}

}
