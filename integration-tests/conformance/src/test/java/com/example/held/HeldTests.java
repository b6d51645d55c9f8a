package com.example.held;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Held;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an event loop is held for as long as the call takes and no longer. What the
 * call took is measured around it, so that a slow machine does not matter.
 */
class HeldTests {

	private static final int TURNS = 3;

	@BeforeAll
	static void install() throws InterruptedException {
		assertThat(new Slow("")).as("loads its classes").isNotEmpty();
		Loopguard.instance().install(ApplicationPackages.ofClass(HeldTests.class.getName()));
	}

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@ParameterizedTest
	@EnumSource
	void sleepFollowedByComputationIsHeldForTheSleep(Loop loop) throws Exception {
		List<Turn> turns = turns(loop, Turn::sleeping);
		Held held = held("sleep", Turn.class);
		assertThat(held.max()).isGreaterThanOrEqualTo(Turn.SLEEP);
		assertThat(held.total()).isBetween(Turn.SLEEP.multipliedBy(TURNS), blocked(turns));
	}

	@ParameterizedTest
	@EnumSource
	void sleepInConstructorIsHeldForTheSleep(Loop loop) throws Exception {
		List<Turn> turns = turns(loop, Turn::constructing);
		assertThat(held("sleep", Slow.class).total()).isBetween(Turn.SLEEP.multipliedBy(TURNS), blocked(turns));
	}

	@ParameterizedTest
	@EnumSource
	void interruptedSleepIsHeldUntilTheInterruption(Loop loop) throws Exception {
		List<Turn> turns = turns(loop, Turn::interrupted);
		assertThat(held("sleep", Turn.class).total()).isBetween(Turn.SLEEP.multipliedBy(TURNS), blocked(turns));
	}

	@ParameterizedTest
	@EnumSource
	void readOfMissingFileIsHeldUntilItFails(Loop loop) throws Exception {
		List<Turn> turns = turns(loop, Turn::missingFile);
		assertThat(held("file-read", Turn.class).total()).isBetween(Duration.ofNanos(TURNS), blocked(turns));
	}

	private static List<Turn> turns(Loop loop, Callable<Turn> turn) throws Exception {
		return loop.run(() -> {
			List<Turn> turns = new ArrayList<>();
			for (int i = 0; i < TURNS; i++) {
				turns.add(turn.call());
			}
			return turns;
		});
	}

	private static Held held(String rule, Class<?> site) {
		List<Violation> violations = Loopguard.instance().ledger().violations();
		assertThat(violations).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo(rule);
			assertThat(violation.site()).isNotNull().extracting((it) -> it.className()).isEqualTo(site.getName());
			assertThat(violation.count()).isEqualTo(TURNS);
			assertThat(violation.held().count()).isEqualTo(TURNS);
		});
		return violations.get(0).held();
	}

	private static Duration blocked(List<Turn> turns) {
		return turns.stream().map(Turn::blocked).reduce(Duration.ZERO, Duration::plus);
	}

}
