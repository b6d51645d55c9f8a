package io.github.loopguard.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.ledger.LedgerTotals.ColdStart;
import io.github.loopguard.policy.Decision;
import io.github.loopguard.policy.Finding;

/**
 * All violations of this JVM, within limits. Event loops only increment
 * {@linkplain OccurrenceCounter counters}; all else happens on the ledger's own thread.
 *
 * @since 0.1
 */
public final class Ledger {

	private final Catalog catalog;

	private final Map<ViolationKey, ViolationEntry> entries = new ConcurrentHashMap<>();

	private final Eviction eviction = new Eviction(this.entries);

	private final Totals totals = new Totals();

	private final ColdStarts coldStarts = new ColdStarts();

	private volatile LedgerSettings settings = LedgerSettings.DEFAULTS;

	private volatile Links links = Links.NONE;

	private volatile boolean sampled;

	/**
	 * Creates an empty ledger.
	 * @param catalog the rules
	 */
	public Ledger(Catalog catalog) {
		this.catalog = catalog;
	}

	/**
	 * Returns the counter for a finding. Called on event loops.
	 * @param finding what was found
	 * @param decision what is done about it
	 * @return the counter of its violation; {@link OccurrenceCounter#IGNORED} if the
	 * action is {@code OFF}; a counter without a violation if an allowance covers the
	 * call or the ledger is full
	 */
	public OccurrenceCounter counter(Finding finding, Decision decision) {
		Allowance allowance = decision.allowance();
		if (allowance != null) {
			long expiry = allowance.expiresAt();
			return OccurrenceCounter.withoutEntry(this.totals, Action.OFF,
					this.totals.allowed(finding.rule(), allowance), this.totals.by(allowance),
					() -> System.currentTimeMillis() >= expiry);
		}
		if (decision.action() == Action.OFF) {
			return OccurrenceCounter.IGNORED;
		}
		Total total = this.totals.of(finding, decision.action());
		ViolationEntry entry = this.entries.get(finding.key());
		if (entry == null) {
			if (isFull()) {
				return OccurrenceCounter.withoutEntry(this.totals, decision.action(), total,
						this.eviction.withoutPlace(), () -> !isFull());
			}
			entry = this.entries.computeIfAbsent(finding.key(), (key) -> new ViolationEntry(finding, decision));
		}
		entry.seen(finding);
		Frame site = finding.site();
		return OccurrenceCounter.of(this.totals, entry, (site != null) ? site.lineNumber() : -1, decision, total,
				decision.isTimed() ? this.totals.of(finding, Action.OBSERVE) : null);
	}

	/**
	 * Decides again, because the policy or what is known of the application changed.
	 * @param revision returns what is known now; its argument where nothing changed
	 * @param policy decides about a finding
	 */
	public void revise(UnaryOperator<Finding> revision, Function<Finding, Decision> policy) {
		this.entries.values().forEach((entry) -> revise(entry, revision, policy));
	}

	/**
	 * Decides again about one violation. Called on event loops.
	 * @param entry the violation
	 * @param revision returns what is known now
	 * @param policy decides
	 */
	public void revise(ViolationEntry entry, UnaryOperator<Finding> revision, Function<Finding, Decision> policy) {
		ViolationKey key = entry.finding().key();
		Finding finding = revision.apply(entry.finding());
		Decision decision = policy.apply(finding);
		if (finding == entry.finding() || decision.action() == Action.OFF) {
			entry.decide(decision);
		}
		else {
			this.eviction.replace(key, entry, finding, decision);
		}
		if (decision.action() == Action.OFF) {
			this.eviction.clear(key, entry);
		}
	}

	/**
	 * Returns how many calls an allowance covered.
	 * @param id identifier of the allowance
	 * @return the number since the start
	 */
	public long allowed(String id) {
		return this.totals.allowedBy(id);
	}

	/**
	 * Returns what was counted since the start; never reset.
	 * @return live totals; keys are only ever added
	 */
	public Map<Total.Key, Total> sums() {
		return this.totals.all();
	}

	/**
	 * Returns what allowances covered since the start, by rule and by source of the
	 * allowance; never reset.
	 * @return live totals; keys are only ever added
	 */
	public Map<String, Map<String, Total>> allowedSums() {
		return this.totals.allAllowed();
	}

	/**
	 * Returns the sums over the ledger.
	 * @return a snapshot
	 */
	public LedgerTotals totals() {
		return new LedgerTotals(this.entries.size(), this.totals.occurrences() - this.eviction.cleared(),
				this.totals.allowed(), this.totals.occurrencesHeldBack(), this.eviction.dropped(),
				this.eviction.evicted(), this.coldStarts.count(), this.sampled);
	}

	/**
	 * Counts a class that an event loop loads because code runs for the first time.
	 * @param at class and method of the code
	 * @param className name of the class
	 * @param begins whether it is not the consequence of loading another one
	 */
	public void startedCold(String at, String className, boolean begins) {
		this.coldStarts.add(at, className, begins);
	}

	/**
	 * Returns which code loaded classes when it ran for the first time.
	 * @return snapshots, those with most classes first
	 */
	public List<ColdStart> coldStarts() {
		return this.coldStarts.all();
	}

	/**
	 * Notes that counts of violations are estimates from now on.
	 */
	public void sampled() {
		this.sampled = true;
	}

	/**
	 * Replaces the limits.
	 * @param settings the new limits
	 */
	public void settings(LedgerSettings settings) {
		this.settings = settings;
	}

	/**
	 * Returns the limits.
	 * @return the limits in force
	 */
	public LedgerSettings settings() {
		return this.settings;
	}

	/**
	 * Replaces where readers find more.
	 * @param links the new links
	 */
	public void links(Links links) {
		this.links = links;
	}

	Links links() {
		return this.links;
	}

	/**
	 * Returns all violations.
	 * @return snapshots, those seen last first
	 */
	public List<Violation> violations() {
		return this.entries.values()
			.stream()
			.map(this::snapshot)
			.sorted(Comparator.comparing(Violation::lastSeen).reversed().thenComparing(Violation::id))
			.toList();
	}

	/**
	 * Returns one violation.
	 * @param id its identifier
	 * @return a snapshot, or empty if the ledger has none with that identifier
	 */
	public Optional<Violation> violation(String id) {
		return entry(id).map(this::snapshot);
	}

	/**
	 * Returns one violation as it stands, also after it has left the ledger.
	 * @param entry its entry
	 * @return a snapshot
	 */
	public Violation snapshot(ViolationEntry entry) {
		Finding finding = entry.finding();
		Frame offender = finding.offender();
		String fix = this.catalog.fix(finding.rule(), finding.called(),
				(offender != null) ? offender.className() : null, finding.api());
		return entry.snapshot(finding.explain(fix), this.links);
	}

	/**
	 * Returns how often a known violation has happened.
	 * @param known its entry in the baseline
	 * @return the entry as an allowance, with the violation's identifier
	 */
	public AllowanceStatus status(BaselineEntry known) {
		ViolationEntry seen = this.entries.get(known.key());
		return known.status(known.key().id(), (seen != null) ? seen.count() : 0);
	}

	/**
	 * Returns the stack of a violation's first occurrence.
	 * @param id identifier of the violation
	 * @return frames from the leaf hook outwards, empty if it is unknown
	 */
	public List<StackTraceElement> stack(String id) {
		return entry(id).map((entry) -> entry.finding().stack().frames()).orElse(List.of());
	}

	/**
	 * Removes all violations, to be told again if they happen again. Meters lose nothing.
	 */
	public void clear() {
		this.eviction.clear();
	}

	/**
	 * Removes one violation, to be told again if it happens again.
	 * @param id its identifier
	 * @return whether the ledger had it
	 */
	public boolean clear(String id) {
		Optional<ViolationEntry> found = entry(id);
		found.ifPresent((entry) -> this.eviction.clear(entry.finding().key(), entry));
		return found.isPresent();
	}

	List<ViolationEntry> entries() {
		return List.copyOf(this.entries.values());
	}

	Optional<Announcement> told(ViolationEntry entry) {
		return Optional.ofNullable(this.eviction.told(entry.id()));
	}

	/** Removes what was not seen for the longest time. Only on the ledger's thread. */
	void evict() {
		this.eviction.evict(this.settings.limit());
	}

	private boolean isFull() {
		return this.entries.size() >= 2L * this.settings.limit();
	}

	private Optional<ViolationEntry> entry(String id) {
		return this.entries.values().stream().filter((entry) -> entry.id().equals(id)).findFirst();
	}

}
