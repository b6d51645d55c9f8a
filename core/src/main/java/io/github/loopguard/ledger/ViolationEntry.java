package io.github.loopguard.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Library;
import io.github.loopguard.Offender;
import io.github.loopguard.Violation;
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

	private volatile long firstSeen = System.currentTimeMillis();

	private final LongAdder count = new LongAdder();

	private final LongAdder heldBack = new LongAdder();

	private final LongAdder prevented = new LongAdder();

	private final HeldCounters held = new HeldCounters();

	private final LineCounters lines = new LineCounters();

	private final Witnesses witnesses;

	private volatile Finding finding;

	private volatile Decision decision;

	private volatile long lastSeen = this.firstSeen;

	private volatile boolean raised;

	private volatile boolean retired;

	private volatile @Nullable ViolationEntry successor;

	private volatile @Nullable Library library;

	private boolean settled;

	private final Announcement announcement = new Announcement();

	ViolationEntry(Finding finding, Decision decision) {
		this.id = finding.key().id();
		this.finding = finding;
		this.witnesses = new Witnesses(finding.detector());
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
	 * Returns the decision in force.
	 * @return what is done about the violation
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

	/**
	 * Notes where the violation was seen another time: the event loop, and the request
	 * unless one is known already.
	 */
	void seen(Finding again) {
		synchronized (this.witnesses) {
			this.witnesses.add(again);
			Finding known = this.finding;
			if (known.route() == null && again.route() != null) {
				this.finding = known.withRequest(again.route(), again.traceId());
			}
		}
	}

	/**
	 * Adds a detector to those that saw the violation.
	 * @param detector name of the detector
	 * @param resource what a call read, wrote or waited for, or {@code null} if unknown
	 */
	public void seenBy(String detector, @Nullable String resource) {
		this.witnesses.seenBy(detector, resource);
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
		latest().held.add(occurrences, nanos);
	}

	/**
	 * Returns what waited while occurrences held event loops.
	 * @return the counters of the entry that stands for the violation now
	 */
	public WaitedCounters waited() {
		return latest().held.waited();
	}

	/**
	 * Notes that a call goes on for long.
	 */
	void lasts(long nanos) {
		ViolationEntry successor = this.successor;
		if (successor != null) {
			successor.lasts(nanos);
			return;
		}
		this.held.lasts(nanos);
		raise();
	}

	/** Notes that a call took long enough to be logged. */
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
		synchronized (this.witnesses) {
			this.finding = this.finding.withoutStack();
		}
	}

	boolean isRetired() {
		return this.retired;
	}

	void decide(Decision decision) {
		this.decision = decision;
	}

	/**
	 * Takes the place of another entry, whose violation has this one's key now.
	 */
	void succeed(ViolationEntry predecessor) {
		predecessor.successor = this;
		this.firstSeen = Math.min(this.firstSeen, predecessor.firstSeen);
		this.lastSeen = Math.max(this.lastSeen, predecessor.lastSeen);
		this.witnesses.addAll(predecessor.witnesses);
		this.announcement.include(predecessor.announcement);
		if (predecessor.raised) {
			raise();
		}
		predecessor.retire();
		predecessor.moveToSuccessor();
	}

	/**
	 * Moves what was counted here to the successor. Event loops may still count here for
	 * moments, so it is called again until none can.
	 */
	void moveToSuccessor() {
		ViolationEntry successor = this.successor;
		if (successor != null) {
			Frame site = successor.finding.site();
			long moved = this.count.sumThenReset();
			successor.count.add(moved);
			successor.line((site != null) ? site.lineNumber() : -1).add(moved);
			successor.heldBack.add(this.heldBack.sumThenReset());
			successor.prevented.add(this.prevented.sumThenReset());
			this.held.moveTo(successor.held);
		}
	}

	void settle(@Nullable Library library) {
		this.library = library;
		synchronized (this.witnesses) {
			this.finding = this.finding.withoutClass();
		}
		this.settled = true;
	}

	boolean isSettled() {
		return this.settled;
	}

	Announcement announcement() {
		return this.announcement;
	}

	/**
	 * Returns whether enough is known to announce the violation: one call returned and
	 * took long enough, or has lasted too long to wait for its return.
	 */
	boolean isRipe(Duration patience) {
		if (this.held.isEmpty()) {
			return System.currentTimeMillis() - this.firstSeen >= patience.toMillis();
		}
		return this.raised || this.decision.logFrom().isZero() || this.decision.action() == Action.FAIL;
	}

	String id() {
		return this.id;
	}

	long lastSeen() {
		return this.lastSeen;
	}

	long count() {
		return this.count.sum();
	}

	/**
	 * Returns the violation as it stands.
	 */
	Violation snapshot(String fix, Links links) {
		Finding finding = this.finding;
		BaselineEntry known = this.decision.known();
		Frame site = finding.site();
		Frame offender = finding.offender();
		return new Violation(this.id, finding.rule(), finding.api(), this.witnesses.detectors(), finding.origin(),
				action(), (known != null) ? known.owner() : null,
				(known != null && !known.isExpired(LocalDate.now())) ? known.explanation() : null,
				(site != null) ? this.lines.site(site) : null,
				(offender != null) ? new Offender(offender.className(), offender.methodName(), offender.fileName(),
						offender.lineNumber(), this.library) : null,
				null, this.count.sum(), Instant.ofEpochMilli(this.firstSeen), Instant.ofEpochMilli(this.lastSeen),
				this.heldBack.sum(), this.prevented.sum(), this.held.snapshot(), waited().snapshot(),
				this.witnesses.threads(), finding.route(), finding.traceId(), links.rule(finding.rule()), fix,
				finding.formerKeys(), this.witnesses.resources());
	}

}
