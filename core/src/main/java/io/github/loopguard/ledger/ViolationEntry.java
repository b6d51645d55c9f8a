package io.github.loopguard.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Held;
import io.github.loopguard.Library;
import io.github.loopguard.Offender;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.policy.Decision;
import io.github.loopguard.policy.Finding;

/**
 * The live counters of one violation. Event loops increment them; everything else is
 * changed off the event loops.
 *
 * @since 0.1
 */
public final class ViolationEntry {

	private final String id;

	private final long firstSeen = System.currentTimeMillis();

	private final LongAdder count = new LongAdder();

	private final LongAdder heldBack = new LongAdder();

	private final LongAdder prevented = new LongAdder();

	private final LongAdder heldCount = new LongAdder();

	private final LongAdder heldNanos = new LongAdder();

	private final LongAccumulator heldMax = new LongAccumulator(Long::max, 0);

	private final LineCounters lines = new LineCounters();

	private final Set<String> threads = ConcurrentHashMap.newKeySet();

	private final List<ViolationEntry> predecessors = new CopyOnWriteArrayList<>();

	private volatile Finding finding;

	private volatile Decision decision;

	private volatile long lastSeen = this.firstSeen;

	private volatile boolean raised;

	private volatile boolean retired;

	private volatile @Nullable ViolationEntry successor;

	private volatile @Nullable Library library;

	private boolean settled;

	private boolean announced;

	ViolationEntry(Finding finding, Decision decision) {
		this.id = finding.key().id();
		this.finding = finding;
		this.decision = decision;
	}

	/**
	 * Returns what the violation was found to be.
	 * @return the finding of its first occurrence, without a stack once it has left the
	 * ledger
	 */
	public Finding finding() {
		return this.finding;
	}

	/**
	 * Returns what is done about the violation.
	 * @return the decision in force
	 */
	public Decision decision() {
		return this.decision;
	}

	/**
	 * Returns the entry that stands for the violation now: another one if the
	 * application's packages became known meanwhile.
	 * @return that entry, or this one
	 */
	public ViolationEntry latest() {
		ViolationEntry latest = this;
		for (ViolationEntry next = this.successor; next != null; next = next.successor) {
			latest = next;
		}
		return latest;
	}

	LongAdder line(int lineNumber) {
		return this.lines.of(lineNumber);
	}

	void seenOn(String thread) {
		synchronized (this.threads) {
			if (this.threads.size() < Violation.MAX_THREADS) {
				this.threads.add(thread);
			}
		}
	}

	void occurred() {
		this.count.increment();
		this.lastSeen = System.currentTimeMillis();
	}

	void addHeldBack() {
		this.heldBack.increment();
	}

	void addPrevented() {
		this.prevented.increment();
	}

	void held(int occurrences, long nanos) {
		this.heldCount.add(occurrences);
		this.heldNanos.add(nanos);
		this.heldMax.accumulate(nanos);
	}

	/**
	 * Notes that a call took long enough to be logged.
	 */
	void raise() {
		for (ViolationEntry entry = this; entry != null; entry = entry.successor) {
			if (!entry.raised) {
				entry.raised = true;
			}
		}
	}

	/**
	 * Returns whether a call took long enough to be logged.
	 */
	boolean isRaised() {
		return this.raised;
	}

	/**
	 * Returns what is done about the violation, as far as it is known by now.
	 */
	Action action() {
		Decision decision = this.decision;
		return (decision.isTimed() && !this.raised) ? Action.OBSERVE : decision.action();
	}

	/**
	 * Notes that this entry has left the ledger. Caches of event loops may refer to it
	 * for long, so it keeps nothing that takes memory.
	 */
	void retire() {
		this.retired = true;
		this.finding = this.finding.withoutStack();
	}

	boolean isRetired() {
		return this.retired;
	}

	void decide(Decision decision) {
		this.decision = decision;
	}

	/**
	 * Takes the place of another entry, whose violation has this one's key now. What was
	 * and still is counted there counts here.
	 */
	void succeed(ViolationEntry predecessor) {
		this.predecessors.add(predecessor);
		predecessor.successor = this;
		this.threads.addAll(predecessor.threads);
		this.announced |= predecessor.announced;
		if (predecessor.raised) {
			raise();
		}
		predecessor.retire();
	}

	void settle(@Nullable Library library) {
		this.library = library;
		this.finding = this.finding.withoutClass();
		this.settled = true;
	}

	boolean isSettled() {
		return this.settled;
	}

	boolean isAnnounced() {
		return this.announced;
	}

	void announce() {
		this.announced = true;
		raise();
	}

	/**
	 * Returns whether enough is known to announce the violation: one call returned and
	 * took long enough, or has lasted too long to wait for its return.
	 */
	boolean isRipe(Duration patience) {
		if (sum((entry) -> entry.heldCount) == 0) {
			return System.currentTimeMillis() - firstSeen() >= patience.toMillis();
		}
		return this.raised || !this.decision.isTimed();
	}

	String id() {
		return this.id;
	}

	long lastSeen() {
		return all().mapToLong((entry) -> entry.lastSeen).max().orElse(this.lastSeen);
	}

	long count() {
		return sum((entry) -> entry.count);
	}

	long heldBack() {
		return sum((entry) -> entry.heldBack);
	}

	private long firstSeen() {
		return all().mapToLong((entry) -> entry.firstSeen).min().orElse(this.firstSeen);
	}

	private long sum(Function<ViolationEntry, LongAdder> counter) {
		return all().map(counter).mapToLong(LongAdder::sum).sum();
	}

	/**
	 * Returns this entry and those whose place it has taken.
	 */
	private Stream<ViolationEntry> all() {
		return this.predecessors.isEmpty() ? Stream.of(this)
				: Stream.concat(Stream.of(this), this.predecessors.stream().flatMap(ViolationEntry::all));
	}

	/**
	 * Returns the violation as it stands.
	 */
	Violation snapshot(String fix, Links links) {
		Finding finding = this.finding;
		BaselineEntry known = this.decision.known();
		Frame site = finding.site();
		Frame offender = finding.offender();
		Held held = new Held(sum((entry) -> entry.heldCount), Duration.ofNanos(sum((entry) -> entry.heldNanos)),
				Duration.ofNanos(all().mapToLong((entry) -> entry.heldMax.get()).max().orElse(0)), null);
		return new Violation(this.id, finding.rule(), finding.api(), List.of(finding.detector()), finding.origin(),
				action(), (known != null) ? known.owner() : null,
				(known != null && !known.isExpired(LocalDate.now())) ? known.explanation() : null,
				(site != null) ? this.lines.site(site, count() - this.count.sum()) : null,
				(offender != null) ? offender(offender) : null, null, count(), Instant.ofEpochMilli(firstSeen()),
				Instant.ofEpochMilli(lastSeen()), heldBack(), sum((entry) -> entry.prevented), held, new Waited(null),
				this.threads.stream().sorted().toList(), finding.route(), finding.traceId(), links.rule(finding.rule()),
				fix);
	}

	private Offender offender(Frame frame) {
		return new Offender(frame.className(), frame.methodName(), frame.fileName(), frame.lineNumber(), this.library);
	}

}
