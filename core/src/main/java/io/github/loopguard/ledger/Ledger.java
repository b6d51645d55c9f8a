package io.github.loopguard.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Policy;

/**
 * All violations of this JVM, within limits. Event loops only obtain and bump
 * {@linkplain OccurrenceCounter tallies}; eviction, naming and announcing happen on the
 * ledger's own thread.
 *
 * @since 0.1
 */
public final class Ledger {

	private final Catalog catalog;

	private final Map<ViolationKey, ViolationEntry> entries = new ConcurrentHashMap<>();

	private final Eviction departures = new Eviction(this.entries);

	private final AllowedCounts allowed = new AllowedCounts();

	private final Sums sums;

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
		this.sums = new Sums(catalog);
		this.policy = Policy.defaults(catalog);
	}

	/**
	 * Returns the tally for what a detector found. Called on event loops.
	 * @param finding what was found
	 * @return the tally of its violation, {@link OccurrenceCounter#IGNORED} if the policy
	 * turns it off, or a tally without a violation if the ledger is full
	 */
	public OccurrenceCounter tally(Finding finding) {
		Action action = this.policy.action(finding.rule(), finding.origin(), finding.defaultActionOverride(),
				finding.key());
		if (action == Action.OFF) {
			return OccurrenceCounter.IGNORED;
		}
		Classification classification = this.sums.classify(finding, action);
		ViolationKey violation = finding.key();
		ViolationEntry entry = this.entries.get(violation);
		if (entry == null) {
			if (isFull()) {
				return this.departures.overflow(action, classification.sum(), this::isFull);
			}
			entry = this.entries.computeIfAbsent(violation,
					(key) -> new ViolationEntry(finding, key.id(), classification));
		}
		entry.seenOn(finding.thread());
		Frame site = finding.site();
		return OccurrenceCounter.of(entry, (site != null) ? site.lineNumber() : -1);
	}

	/**
	 * Returns the tally for calls that an allowance lets pass. Called on event loops.
	 * @param allowance the allowance
	 * @param rule identifier of the rule
	 * @return a tally without a violation, out of date when the allowance expires
	 */
	public OccurrenceCounter allowed(Allowance allowance, String rule) {
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
		this.entries.forEach((violation, entry) -> {
			Finding finding = revision.apply(entry.finding());
			Action action = policy.action(finding.rule(), finding.origin(), finding.defaultActionOverride(),
					finding.key());
			if (action == Action.OFF) {
				this.departures.forget(violation, entry);
				return;
			}
			Classification classification = this.sums.classify(finding, action);
			if (finding == entry.finding()) {
				entry.reclassify(classification);
			}
			else {
				ViolationEntry successor = this.entries.compute(finding.key(),
						(key, present) -> (present == null || present == entry)
								? new ViolationEntry(finding, key.id(), classification) : present);
				this.departures.replace(violation, entry, successor);
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
		ViolationEntry seen = this.entries.get(entry.key());
		return entry.status(entry.key().id(), (seen != null) ? seen.counts().occurrences() : 0);
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
		long goingOn = 0;
		long heldBack = this.departures.heldBack();
		for (ViolationEntry entry : this.entries.values()) {
			Counts counts = entry.counts();
			goingOn += counts.goingOn();
			heldBack += counts.heldBack();
		}
		return new Totals(this.entries.size(), this.sums.occurrences() + goingOn - this.departures.cleared(),
				this.allowed.sum(), heldBack, this.departures.dropped(), this.departures.evicted(), this.sampled);
	}

	/**
	 * Returns what was counted since the start, by rule, origin, action and detector;
	 * never reset.
	 * @return live sums; keys are only ever added
	 */
	public Map<TotalsKey, Total> sums() {
		return this.sums.view();
	}

	/**
	 * Forgets all violations. Totals since the start are kept for meters.
	 */
	public void clear() {
		this.entries.forEach(this.departures::forget);
	}

	/**
	 * Forgets one violation.
	 * @param id its identifier
	 * @return whether the ledger had it
	 */
	public boolean clear(String id) {
		Optional<ViolationEntry> found = entry(id);
		found.ifPresent((entry) -> this.departures.forget(entry.finding().key(), entry));
		return found.isPresent();
	}

	List<ViolationEntry> entries() {
		return List.copyOf(this.entries.values());
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
		this.departures.evict(this.settings.limit());
	}

	private boolean isFull() {
		return this.entries.size() >= 2L * this.settings.limit();
	}

	private Optional<ViolationEntry> entry(String id) {
		return this.entries.values().stream().filter((entry) -> entry.id().equals(id)).findFirst();
	}

}
