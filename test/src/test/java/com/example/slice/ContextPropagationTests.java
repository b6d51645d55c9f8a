package com.example.slice;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, in a JVM of its own, that Reactor's automatic context propagation takes nothing
 * away.
 */
class ContextPropagationTests {

	@Test
	void parallelTestsAreToldApart() throws IOException {
		String output = Launch.run(ParallelCase.Watched.class,
				List.of("-D" + Launch.AUTOMATIC + "=true", "-Djunit.jupiter.execution.parallel.enabled=true",
						"-Djunit.jupiter.execution.parallel.mode.default=concurrent",
						"-Djunit.jupiter.execution.parallel.config.strategy=fixed",
						"-Djunit.jupiter.execution.parallel.config.fixed.parallelism=16"));
		assertThat(output).contains("passed: 15", "failed: 7: ").doesNotContain("unattributed");
	}

	@Test
	void everyShapeFails() throws IOException {
		assertThat(Launch.run(ReactorCase.class, List.of("-D" + Launch.AUTOMATIC + "=true"))).contains("passed: 1",
				"failed: fireAndForget()", "failed: schedule()", "failed: retryWithFallback()");
	}

}
