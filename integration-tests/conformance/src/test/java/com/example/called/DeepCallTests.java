package com.example.called;

import com.example.layers.Layers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site is found however many frames of libraries lie between it and what blocks.
 */
class DeepCallTests {

	@BeforeAll
	static void install() {
		Loops.install();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 62, 100, 300, 500 })
	void siteBeyondManyFramesIsFound(int depth) throws Exception {
		Violation violation = Loops.violation(() -> twice(depth));
		assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
		assertThat(violation.site()).isNotNull().satisfies((site) -> {
			assertThat(site.className()).isEqualTo(DeepCallTests.class.getName());
			assertThat(site.methodName()).isEqualTo("twice");
			assertThat(site.lines()).as("one for each call").hasSize(2);
		});
		assertThat(violation.offender()).isNotNull()
			.satisfies((offender) -> assertThat(offender.className()).isEqualTo(Layers.class.getName()));
		assertThat(violation.count()).isEqualTo(2);
		if (depth >= 100) {
			assertThat(violation.formerKeys()).as("what Loopguard 0.1 knew it by")
				.contains(new ViolationKey("sleep", "java.lang.Thread.sleep", Layers.class.getName() + "#sleep"));
		}
	}

	private static Void twice(int depth) throws InterruptedException {
		Layers.sleep(depth);
		Layers.sleep(depth);
		return null;
	}

}
