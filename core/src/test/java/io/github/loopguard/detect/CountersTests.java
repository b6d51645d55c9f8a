package io.github.loopguard.detect;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No counter ever goes down, whatever happens to the violation it belongs to; and what
 * was counted stays under the action and the origin that were in force.
 */
class CountersTests {

	private static final ApplicationPackages SHOP = ApplicationPackages.ofClass("com.acme.Shop");

	private final Catalog catalog = Catalog.shipped();

	private final Ledger ledger = new Ledger(this.catalog);

	private final LedgerThread ledgerThread = new LedgerThread(this.ledger);

	private final Policy defaults = Policy.defaults(this.catalog);

	private final OccurrenceRecorder recorder = new OccurrenceRecorder(this.catalog, this.ledger,
			ApplicationPackages.NONE, this.defaults);

	private final Map<String, Long> highest = new HashMap<>();

	private long made;

	@AfterEach
	void everyCallIsInTheTotals() {
		assertThat(this.ledger.sums().values().stream().mapToLong((total) -> total.occurrences()).sum())
			.isEqualTo(this.made);
	}

	@Test
	void lateApplicationPackages() {
		occur("Orders", 3);
		assertThat(violation().origin()).isEqualTo(Origin.LIBRARY);
		configure(SHOP, this.defaults);
		assertThat(violation().origin()).isEqualTo(Origin.APPLICATION);
		assertThat(violation().count()).isEqualTo(3);
		occur(application("Orders"), 2);
		assertThat(violation().count()).isEqualTo(5);
		assertThat(sum(Origin.LIBRARY, Action.LOG)).isEqualTo(3);
		assertThat(sum(Origin.APPLICATION, Action.LOG)).isEqualTo(2);
	}

	@Test
	void attachAndDetach() {
		configure(SHOP, this.defaults);
		occur(application("Orders"), 2);
		configure(SHOP, policy(Action.OBSERVE));
		occur(application("Orders"), 3);
		configure(SHOP, policy(Action.OFF));
		configure(SHOP, this.defaults);
		occur(application("Orders"), 4);
		assertThat(violation().count()).isEqualTo(4);
		assertThat(sum(Origin.APPLICATION, Action.LOG)).isEqualTo(6);
		assertThat(sum(Origin.APPLICATION, Action.OBSERVE)).isEqualTo(3);
	}

	@Test
	void eviction() {
		this.ledger.settings(new LedgerSettings(2, 20, Duration.ofSeconds(1)));
		this.ledgerThread.start();
		for (int i = 0; i < 20; i++) {
			occur("Type" + i, 2);
			this.ledgerThread.flush();
			assertNothingWentDown();
		}
		assertThat(this.ledger.totals().evicted()).isEqualTo(18);
		assertThat(this.ledger.totals().dropped()).isEqualTo(36);
		this.ledger.clear();
		assertNothingWentDown();
	}

	@Test
	void expiryOfAnEntryOfTheBaseline() {
		configure(SHOP, baseline(LocalDate.now()));
		occur(application("Orders"), 2);
		assertThat(violation().action()).isEqualTo(Action.OBSERVE);
		configure(SHOP, baseline(LocalDate.now().minusDays(1)));
		assertThat(violation().action()).isEqualTo(Action.LOG);
		occur(application("Orders"), 1);
		assertThat(sum(Origin.APPLICATION, Action.OBSERVE)).isEqualTo(2);
		assertThat(sum(Origin.APPLICATION, Action.LOG)).isEqualTo(1);
	}

	private void occur(String type, int times) {
		StackTraceElement caller = new StackTraceElement("com.acme." + type, "list", type + ".java", 7);
		Frame offender = Frame.of(caller);
		occur(new Finding("flight-recorder", "file-read", "java.nio.file.Files.readString", null, Origin.LIBRARY, null,
				offender, null, false, new CallStack(List.of(caller), 1, List.of()), "loop-1", null, null), times);
	}

	private Finding application(String type) {
		Frame site = new Frame("com.acme." + type, "list", type + ".java", 7);
		return new Finding("flight-recorder", "file-read", "java.nio.file.Files.readString", null, Origin.APPLICATION,
				site, site, null, false, CallStack.NONE, "loop-1", null, null);
	}

	private void occur(Finding finding, int times) {
		for (int i = 0; i < times; i++) {
			this.recorder.outside().record(finding, 1, 0, 2_000_000);
			this.made++;
			assertNothingWentDown();
		}
	}

	private void configure(ApplicationPackages packages, Policy policy) {
		this.recorder.configure(packages, policy);
		assertNothingWentDown();
	}

	/**
	 * Compares everything that is exposed as a counter with what it was before.
	 */
	private void assertNothingWentDown() {
		Map<String, Long> now = new HashMap<>();
		this.ledger.sums().forEach((key, total) -> {
			now.put(key + " occurrences", total.occurrences());
			now.put(key + " held count", total.heldCount());
			now.put(key + " held time", total.heldNanos());
		});
		this.ledger.allowedSums()
			.forEach((rule, bySource) -> bySource
				.forEach((source, total) -> now.put(rule + source, total.occurrences())));
		now.put("dropped", this.ledger.totals().dropped());
		now.put("evicted", this.ledger.totals().evicted());
		now.put("held back", this.ledger.totals().heldBack());
		this.highest
			.forEach((name, value) -> assertThat(now.getOrDefault(name, 0L)).as(name).isGreaterThanOrEqualTo(value));
		this.highest.putAll(now);
	}

	private Violation violation() {
		assertThat(this.ledger.violations()).hasSize(1);
		return this.ledger.violations().get(0);
	}

	private long sum(Origin origin, Action action) {
		return this.ledger.sums()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().origin() == origin && entry.getKey().action() == action)
			.mapToLong((entry) -> entry.getValue().occurrences())
			.sum();
	}

	private Policy policy(Action action) {
		return new Policy(this.catalog, Map.of("file-read", Map.of(Origin.APPLICATION, action)));
	}

	private Policy baseline(LocalDate until) {
		BaselineEntry entry = new BaselineEntry(application("Orders").key(), BaselineEntry.Status.ACCEPTED, "old",
				"@orders", until, null, BaselineEntry.Budget.UNLIMITED, List.of());
		return new Policy(this.catalog, Map.of(), Allowances.NONE, new Baseline(List.of(entry)));
	}

}
