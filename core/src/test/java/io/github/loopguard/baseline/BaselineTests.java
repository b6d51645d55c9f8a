package io.github.loopguard.baseline;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.BaselineEntry.Budget;
import io.github.loopguard.baseline.BaselineEntry.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Baseline}.
 */
class BaselineTests {

	private static final LocalDate TODAY = LocalDate.now();

	@Test
	void isSortedByPlaceRuleAndApi() {
		Baseline baseline = new Baseline(List.of(entry("b", "x", "A#b", null), entry("a", "x", "B#a", null),
				entry("a", "z", "A#b", null), entry("a", "y", "A#b", null)));
		assertThat(baseline.entries()).extracting((entry) -> entry.key().toString())
			.containsExactly("[a] y at A#b", "[a] z at A#b", "[b] x at A#b", "[a] x at B#a");
	}

	@Test
	void rejectsTwoEntriesForOneViolation() {
		BaselineEntry entry = entry("a", "x", "A#b", null);
		assertThatIllegalArgumentException().isThrownBy(() -> new Baseline(List.of(entry, entry.via(List.of("t")))))
			.withMessage("There are two entries for [a] x at A#b");
	}

	@Test
	void toleratesUntilTheEndOfTheLastDay() {
		BaselineEntry expired = entry("a", "x", "A#a", TODAY.minusDays(3));
		BaselineEntry last = entry("a", "x", "A#b", TODAY);
		BaselineEntry unlimited = entry("a", "x", "A#c", null);
		Baseline baseline = new Baseline(List.of(expired, last, unlimited));
		assertThat(baseline.tolerates(expired.key())).isFalse();
		assertThat(baseline.tolerates(last.key())).isTrue();
		assertThat(baseline.tolerates(unlimited.key())).isTrue();
		assertThat(baseline.tolerates(new ViolationKey("a", "x", "A#d"))).isFalse();
		assertThat(baseline.nextExpiry(System.currentTimeMillis()))
			.isEqualTo(TODAY.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant().toEpochMilli());
		assertThat(expired.expiry(TODAY)).isEqualTo("its baseline entry expired 3 days ago, owner @team");
		assertThat(last.expiry(TODAY)).isEmpty();
	}

	@Test
	void sortsTestsWithoutDuplicates() {
		BaselineEntry entry = BaselineEntry.recorded(new ViolationKey("a", "x", "A#a"), List.of("t2", "t1", "t2"));
		assertThat(entry.via()).containsExactly("t1", "t2");
		assertThat(entry.explanation()).isEqualTo("accepted: recorded, not reviewed");
	}

	@Test
	void entriesThatBecomeOneKeepTheStrictestLimits() {
		ViolationKey now = new ViolationKey("a", "y", "A#a");
		BaselineEntry unlimited = entry("a", "x", "A#a", null).via(List.of("t1"));
		BaselineEntry limited = new BaselineEntry(new ViolationKey("b", "x", "A#a"), Status.ACCEPTED, "because", null,
				TODAY, "https://issues.example/1", new Budget(2, null), List.of("t2"));
		Baseline renamed = new Baseline(List.of(unlimited, limited))
			.renamed(Map.of(unlimited.key(), List.of(now), limited.key(), List.of(now)));
		assertThat(renamed.entries()).singleElement().satisfies((entry) -> {
			assertThat(entry.key()).isEqualTo(now);
			assertThat(entry.until()).isEqualTo(TODAY);
			assertThat(entry.owner()).isEqualTo("@team");
			assertThat(entry.link()).isEqualTo("https://issues.example/1");
			assertThat(entry.budget()).isEqualTo(new Budget(2, null));
			assertThat(entry.via()).containsExactly("t1", "t2");
		});
	}

	private static BaselineEntry entry(String rule, String api, String at, @Nullable LocalDate until) {
		return new BaselineEntry(new ViolationKey(rule, api, at), Status.ACCEPTED, "because", "@team", until, null,
				Budget.UNLIMITED, List.of());
	}

}
