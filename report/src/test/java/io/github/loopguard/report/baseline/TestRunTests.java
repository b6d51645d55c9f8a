package io.github.loopguard.report.baseline;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.report.baseline.TestRun.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TestRun}.
 */
class TestRunTests {

	private static final BaselineEntry A = Entries.recorded("A#a", "t1", "t2");

	private static final BaselineEntry B = Entries.recorded("B#b", "t3");

	private static final BaselineEntry NEVER = Entries.recorded("C#c");

	private static final Baseline BASELINE = new Baseline(List.of(A, B, NEVER));

	@Test
	void recordAddsAndKeepsWhatPeopleWrote() {
		TestRun run = new TestRun(Set.of("t4"), Map.of(Entries.key("A#a"), Set.of("t4"), Entries.key("D#d"), Set.of()));
		Baseline baseline = new Baseline(List.of(Entries.full("A#a")));
		assertThat(run.record(baseline).entries()).containsExactly(
				Entries.full("A#a").via(List.of("com.acme.ATests#a", "com.acme.BTests#b", "t4")),
				Entries.recorded("D#d"));
		assertThat(run.record(run.record(baseline))).isEqualTo(run.record(baseline));
	}

	@Test
	void recordTakesNothingAway() {
		TestRun run = new TestRun(Set.of("t1", "t2", "t3"), Map.of());
		assertThat(run.record(BASELINE)).isEqualTo(BASELINE);
	}

	@Test
	void tellsWhatMatchedWhatWasNotExercisedAndWhatCanGo() {
		TestRun run = new TestRun(Set.of("t1", "t3"), Map.of(Entries.key("A#a"), Set.of("t1")));
		assertThat(run.states(BASELINE)).containsExactly(Map.entry(A, State.MATCHED), Map.entry(B, State.PRUNABLE),
				Map.entry(NEVER, State.NOT_EXERCISED));
		assertThat(run.freed(B)).containsExactly("t3");
		assertThat(new TestRun(Set.of(), Map.of()).states(BASELINE).values()).containsOnly(State.NOT_EXERCISED);
	}

	@Test
	void pruneTakesAwayTestsThatAreFreeAndEntriesWithoutTests() {
		TestRun run = new TestRun(Set.of("t1", "t3"), Map.of());
		assertThat(run.prune(BASELINE, BASELINE).entries()).containsExactly(Entries.recorded("A#a", "t2"), NEVER);
	}

	@Test
	void entryOfAViolationThatStillHappensCoversItsFormerParts() {
		TestRun run = new TestRun(Set.of("t1", "t4", "t5"),
				Map.of(Entries.key("A#a"), Set.of("t1"), Entries.key("E#e"), Set.of("t4"), Entries.key("F#f"),
						Set.of("t5")),
				Map.of(Entries.key("E#e"), List.of(Entries.key("A#a")), Entries.key("F#f"),
						List.of(Entries.key("A#a"))));
		assertThat(run.find(BASELINE, Entries.key("E#e"))).isEqualTo(A);
		assertThat(run.record(BASELINE).entries()).containsExactly(A.via(List.of("t1", "t2", "t4", "t5")), B, NEVER);
		assertThat(run.prune(BASELINE, BASELINE).entries()).containsExactly(A.via(List.of("t1", "t2")), B, NEVER);
	}

	@Test
	void pruneMakesOneEntryOfWhatAnEarlierVersionWroteForOneViolation() {
		TestRun run = new TestRun(Set.of("t1", "t2", "t3"), Map.of(Entries.key("N#n"), Set.of("t1")),
				Map.of(Entries.key("N#n"), List.of(Entries.key("A#a"), Entries.key("B#b"))));
		assertThat(run.prune(BASELINE, BASELINE).entries()).containsExactly(NEVER, Entries.recorded("N#n", "t1"));
	}

	@Test
	void pruneMakesAnEntryForEachViolationThatAnEarlierVersionDidNotTellApart() {
		TestRun run = new TestRun(Set.of("t1", "t2"),
				Map.of(Entries.key("N#n"), Set.of("t1"), Entries.key("O#o"), Set.of("t2")),
				Map.of(Entries.key("N#n"), List.of(A.key()), Entries.key("O#o"), List.of(A.key())));
		assertThat(run.find(BASELINE, Entries.key("N#n"))).isEqualTo(A);
		assertThat(run.find(BASELINE, Entries.key("O#o"))).isEqualTo(A);
		assertThat(run.prune(BASELINE, BASELINE).entries()).containsExactly(B, NEVER, Entries.recorded("N#n", "t1"),
				Entries.recorded("O#o", "t2"));
	}

	@Test
	void pruneKeepsTheEntryOfAViolationThatStillHasTheNameWhichAnotherOneHad() {
		TestRun run = new TestRun(Set.of("t1"), Map.of(Entries.key("N#n"), Set.of("t1"), A.key(), Set.of("t1")),
				Map.of(Entries.key("N#n"), List.of(A.key())));
		assertThat(run.prune(BASELINE, BASELINE)).isEqualTo(BASELINE);
	}

	@Test
	void pruneKeepsWhatHappensElsewhereNow() {
		TestRun run = new TestRun(Set.of("t3", "t4"), Map.of(Entries.key("B#b"), Set.of("t4")));
		assertThat(run.prune(BASELINE, BASELINE).entries()).containsExactly(A, Entries.recorded("B#b", "t4"), NEVER);
	}

	@Test
	void pruneAddsNothingUnknown() {
		TestRun run = new TestRun(Set.of("t9"), Map.of(Entries.key("N#n"), Set.of("t9")));
		assertThat(run.prune(BASELINE, BASELINE)).isEqualTo(BASELINE);
	}

	@Test
	void entryOfAnEarlierVersionMatchesAndIsRewrittenByPrune() {
		Baseline earlier = new Baseline(List.of(Entries.recorded("Old#a", "t1", "t2")));
		TestRun run = new TestRun(Set.of("t2"), Map.of(Entries.key("New#a"), Set.of("t1")),
				Map.of(Entries.key("New#a"), List.of(Entries.key("Old#a"))));
		assertThat(run.states(earlier).values()).containsExactly(State.MATCHED);
		assertThat(run.record(earlier)).isEqualTo(earlier);
		assertThat(run.prune(earlier, earlier).entries()).containsExactly(Entries.recorded("New#a", "t1"));
	}

	@Test
	void orderOfForksDoesNotMatter() {
		TestRun one = new TestRun(Set.of("t1", "t3"), Map.of());
		TestRun two = new TestRun(Set.of("t2", "t4"), Map.of(Entries.key("B#b"), Set.of("t4")));
		Baseline pruned = one.prune(two.prune(BASELINE, BASELINE), BASELINE);
		assertThat(two.prune(one.prune(BASELINE, BASELINE), BASELINE)).isEqualTo(pruned);
		assertThat(pruned.entries()).containsExactly(Entries.recorded("B#b", "t4"), NEVER);
		assertThat(one.record(two.record(BASELINE))).isEqualTo(two.record(one.record(BASELINE)));
	}

}
