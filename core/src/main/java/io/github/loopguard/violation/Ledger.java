package io.github.loopguard.violation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Action;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Allowance;
import io.github.loopguard.policy.AllowanceStatus;
import io.github.loopguard.policy.BaselineEntry;
import io.github.loopguard.policy.Policy;

/**
 * All violations of this JVM, within limits. Event loops only obtain and bump
 * {@linkplain Tally tallies}; eviction, naming and announcing happen on the ledger's own
 * thread.
 *
 * @since 0.1
 */
public final class Ledger {

	private final Catalog catalog;

	private final Map<String, ViolationEntry> entries = new ConcurrentHashMap<>();

	private final Map<TotalsKey, Total> totals = new ConcurrentHashMap<>();

	private final LongAdder dropped = new LongAdder();

	private final LongAdder evicted = new LongAdder();

	private final LongAdder heldBack = new LongAdder();

	private final LongAdder cleared = new LongAdder();

	private final AllowedCounts allowed = new AllowedCounts();

	private final Departures departures = new Departures();

	private volatile LedgerSettings settings = LedgerSettings.DEFAULTS;

	private volatile Policy policy;

	private volatile Links links = Links.NONE;

	private volatile boolean sampled;

	private volatile @Nullable RecordingSource recordings;

	/**
	 * Creates an empty ledger.
	 * @param catalog the rules
	 */
	public Ledger(Catalog catalog) {
		this.catalog = catalog;
		this.policy = Policy.defaults(catalog);
	}

	/**
	 * Returns the tally for what a detector found. Called on event loops.
	 * @param finding what was found
	 * @return the tally of its violation, {@link Tally#IGNORED} if the policy turns it
	 * off, or a tally without a violation if the ledger is full
	 */
	public Tally tally(Finding finding) {
		Action action = this.policy.action(finding.rule(), finding.origin(), finding.loudness(), finding.key());
		if (action == Action.OFF) {
			return Tally.IGNORED;
		}
		Classification classification = classify(finding, action);
		String fingerprint = finding.fingerprint();
		ViolationEntry entry = this.entries.get(fingerprint);
		if (entry == null) {
			if (isFull()) {
				return Tally.overflow(new Tally.Overflow(action, classification.sum(), this.heldBack, this::isFull),
						this.dropped);
			}
			entry = this.entries.computeIfAbsent(fingerprint, (key) -> entry(finding, key, classification));
		}
		entry.seenOn(finding.thread());
		Frame site = finding.site();
		return Tally.of(entry, (site != null) ? site.lineNumber() : -1);
	}

	/**
	 * Returns the tally for calls that an allowance lets pass. Called on event loops.
	 * @param allowance the allowance
	 * @param rule identifier of the rule
	 * @return a tally without a violation, out of date when the allowance expires
	 */
	public Tally allowed(Allowance allowance, String rule) {
		return this.allowed.tally(allowance, rule);
	}

	/**
	 * Returns how many calls an allowance let pass.
	 * @param id identifier of the allowance
	 * @return the number since the start
	 */
	public long allowed(String id) {
		return this.allowed.of(id);
	}

	/**
	 * Returns what allowances let pass since the start, by rule and source; never reset.
	 * @return live sums; keys are only ever added
	 */
	public Map<AllowedKey, Total> allowedSums() {
		return this.allowed.sums();
	}

	/**
	 * Replaces the limits.
	 * @param settings the new limits
	 */
	public void settings(LedgerSettings settings) {
		this.settings = settings;
	}

	LedgerSettings settings() {
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
	 * Returns the policy in force.
	 * @return the policy
	 */
	public Policy policy() {
		return this.policy;
	}

	/**
	 * Replaces the policy and classifies again what is kept.
	 * @param policy the new policy
	 * @param revision finds out again what is known now about what was found; returns its
	 * argument where nothing changed
	 */
	public void reclassify(Policy policy, UnaryOperator<Finding> revision) {
		this.policy = policy;
		this.entries.forEach((fingerprint, entry) -> {
			Finding finding = revision.apply(entry.finding());
			Action action = policy.action(finding.rule(), finding.origin(), finding.loudness(), finding.key());
			if (action == Action.OFF) {
				forget(fingerprint, entry);
				return;
			}
			Classification classification = classify(finding, action);
			if (finding == entry.finding()) {
				entry.reclassify(classification);
			}
			else {
				ViolationEntry successor = this.entries.compute(finding.fingerprint(),
						(key, present) -> (present == null || present == entry) ? entry(finding, key, classification)
								: present);
				this.entries.remove(fingerprint, entry);
				successor.succeed(entry);
				entry.retire();
				Classification previous = entry.classification();
				this.departures.add(entry, (counts) -> successor.absorb(counts, previous));
			}
		});
	}

	/**
	 * Has every single occurrence recorded from now on.
	 * @param recordings knows what an occurrence belongs to, or {@code null} to stop
	 */
	public void record(@Nullable RecordingSource recordings) {
		this.recordings = recordings;
	}

	/**
	 * Returns what knows the recording an occurrence belongs to. Called on event loops.
	 * @return the source, or {@code null} if nothing is recorded
	 */
	public @Nullable RecordingSource recordings() {
		return this.recordings;
	}

	/**
	 * Notes that counts of single violations are estimates from now on.
	 */
	public void sampled() {
		this.sampled = true;
	}

	/**
	 * Returns all violations, those seen last first.
	 * @return snapshots
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
	 * Returns how often a known violation has happened.
	 * @param entry its entry in the baseline
	 * @return the entry as an allowance, with the violation's identifier
	 */
	public AllowanceStatus status(BaselineEntry entry) {
		String fingerprint = Fingerprint.of(entry.key());
		ViolationEntry seen = this.entries.get(fingerprint);
		return entry.status(Fingerprint.id(fingerprint), (seen != null) ? seen.counts().occurrences() : 0);
	}

	/**
	 * Returns the stack of a violation's first occurrence.
	 * @param id identifier of the violation
	 * @return frames from the leaf hook outwards, empty if the ledger has no such
	 * violation
	 */
	public List<StackTraceElement> stack(String id) {
		return entry(id).map((entry) -> entry.finding().stack()).orElse(List.of());
	}

	/**
	 * Returns the sums over the ledger.
	 * @return a snapshot
	 */
	public Totals totals() {
		long occurrences = this.totals.values().stream().mapToLong(Total::occurrences).sum();
		long goingOn = this.entries.values().stream().mapToLong((entry) -> entry.counts().goingOn()).sum();
		return new Totals(this.entries.size(), occurrences + goingOn - this.cleared.sum(), this.allowed.sum(),
				heldBackCount(), this.dropped.sum(), this.evicted.sum(), this.sampled);
	}

	/**
	 * Returns what was counted since the start, by rule, origin, action and detector;
	 * never reset.
	 * @return live sums; keys are only ever added
	 */
	public Map<TotalsKey, Total> sums() {
		return Collections.unmodifiableMap(this.totals);
	}

	/**
	 * Forgets all violations. Totals since the start are kept for meters.
	 */
	public void clear() {
		this.entries.forEach(this::forget);
	}

	/**
	 * Forgets one violation.
	 * @param id its identifier
	 * @return whether the ledger had it
	 */
	public boolean clear(String id) {
		Optional<Map.Entry<String, ViolationEntry>> found = this.entries.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().id().equals(id))
			.findFirst();
		found.ifPresent((entry) -> forget(entry.getKey(), entry.getValue()));
		return found.isPresent();
	}

	List<ViolationEntry> entries() {
		return new ArrayList<>(this.entries.values());
	}

	Violation snapshot(ViolationEntry entry) {
		Finding finding = entry.finding();
		Frame offender = finding.offender();
		String fix = this.catalog.fix(finding.rule(), (offender != null) ? offender.className() : null, finding.api());
		return entry.snapshot(fix, this.links, this.policy.baseline().find(finding.key()));
	}

	Catalog catalog() {
		return this.catalog;
	}

	/**
	 * Drops the violations that were not seen for the longest time. Only on the ledger's
	 * thread.
	 */
	void evict() {
		this.departures.settle();
		int excess = this.entries.size() - this.settings.limit();
		if (excess <= 0) {
			return;
		}
		this.entries.entrySet()
			.stream()
			.map((entry) -> new Candidate(entry.getKey(), entry.getValue(), entry.getValue().lastSeen()))
			.sorted(Comparator.comparingLong(Candidate::lastSeen))
			.limit(excess)
			.toList()
			.forEach((candidate) -> {
				this.evicted.increment();
				depart(candidate.fingerprint(), candidate.entry(), (counts) -> {
					this.dropped.add(counts.occurrences());
					this.heldBack.add(counts.heldBack());
				});
			});
	}

	private boolean isFull() {
		return this.entries.size() >= 2L * this.settings.limit();
	}

	private long heldBackCount() {
		return this.heldBack.sum() + this.entries.values().stream().mapToLong(ViolationEntry::heldBackCount).sum();
	}

	private Optional<ViolationEntry> entry(String id) {
		return this.entries.values().stream().filter((entry) -> entry.id().equals(id)).findFirst();
	}

	private void forget(String fingerprint, ViolationEntry entry) {
		depart(fingerprint, entry, (counts) -> {
			this.cleared.add(counts.occurrences());
			this.heldBack.add(counts.heldBack());
		});
	}

	/**
	 * Takes an entry out, once.
	 */
	private void depart(String fingerprint, ViolationEntry entry, Consumer<Counts> account) {
		if (this.entries.remove(fingerprint, entry)) {
			entry.retire();
			this.departures.add(entry, account);
		}
	}

	private ViolationEntry entry(Finding finding, String fingerprint, Classification classification) {
		return new ViolationEntry(finding, Fingerprint.id(fingerprint),
				new Account(classification, this.catalog.rule(finding.rule()).logFrom()));
	}

	private Classification classify(Finding finding, Action action) {
		Total sum = total(finding, action);
		boolean timed = action == Action.LOG && !this.catalog.rule(finding.rule()).logFrom().isZero();
		return new Classification(action, sum, timed ? total(finding, Action.OBSERVE) : sum);
	}

	private Total total(Finding finding, Action action) {
		TotalsKey key = new TotalsKey(finding.rule(), finding.origin(), action, finding.detector());
		Total known = this.totals.get(key);
		return (known != null) ? known : this.totals.computeIfAbsent(key, (missing) -> new Total());
	}

	/**
	 * An entry that may have to go, with what it is judged by: the entry itself changes
	 * meanwhile.
	 */
	private record Candidate(String fingerprint, ViolationEntry entry, long lastSeen) {
	}

}
