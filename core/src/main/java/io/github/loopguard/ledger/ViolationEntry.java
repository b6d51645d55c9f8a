package io.github.loopguard.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Held;
import io.github.loopguard.Library;
import io.github.loopguard.Offender;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.policy.Finding;

/**
 * The live counters of one violation. Event loops bump them; the ledger's thread reads
 * them and is the only one to change what the violation is called.
 */
final class ViolationEntry {

	private static final int LINES = 16;

	private static final int THREADS = 8;

	private volatile Finding finding;

	private final String id;

	private final long firstSeen = System.currentTimeMillis();

	private final LongAdder count = new LongAdder();

	private final LongAdder heldBack = new LongAdder();

	private final LongAdder prevented = new LongAdder();

	private final LongAdder heldCount = new LongAdder();

	private final LongAdder heldNanos = new LongAdder();

	private final LongAccumulator heldMax = new LongAccumulator(Long::max, 0);

	private final Map<Integer, LongAdder> lines = new ConcurrentHashMap<>();

	private final LongAdder otherLines = new LongAdder();

	private final Set<String> threads = ConcurrentHashMap.newKeySet();

	private volatile long lastSeen = this.firstSeen;

	private volatile boolean retired;

	private volatile @Nullable ViolationEntry successor;

	private final Account account;

	private volatile @Nullable Library library;

	private boolean settled;

	private boolean announced;

	ViolationEntry(Finding finding, String id, Classification classification) {
		this.finding = finding;
		this.id = id;
		this.account = new Account(classification);
	}

	LongAdder line(int lineNumber) {
		synchronized (this.lines) {
			if (this.lines.size() == LINES && !this.lines.containsKey(lineNumber)) {
				return this.otherLines;
			}
			return this.lines.computeIfAbsent(lineNumber, (line) -> new LongAdder());
		}
	}

	void seenOn(String thread) {
		synchronized (this.threads) {
			if (this.threads.size() < THREADS) {
				this.threads.add(thread);
			}
		}
	}

	void occurred(long weight) {
		this.count.add(weight);
		this.account.occurred(weight);
		this.lastSeen = System.currentTimeMillis();
	}

	void heldBack() {
		this.heldBack.increment();
	}

	void prevented() {
		this.prevented.increment();
	}

	void held(long occurrences, long nanos) {
		ViolationEntry successor = this.successor;
		if (successor != null) {
			successor.held(occurrences, nanos);
			return;
		}
		this.heldCount.add(occurrences);
		this.heldNanos.add(nanos);
		this.account.held(occurrences, nanos);
		if (occurrences <= 1) {
			this.heldMax.accumulate(nanos);
		}
	}

	/**
	 * Says that the return of a call will not be seen.
	 */
	void givenUp() {
		latest().account.givenUp();
	}

	/**
	 * Says that this entry has left the ledger. Caches of event loops may refer to it for
	 * long, so it lets go of what takes memory.
	 */
	void retire() {
		this.retired = true;
		this.finding = this.finding.remembered();
	}

	boolean isRetired() {
		return this.retired;
	}

	Action action() {
		return this.account.action();
	}

	Finding finding() {
		return this.finding;
	}

	String id() {
		return this.id;
	}

	long lastSeen() {
		return this.lastSeen;
	}

	/**
	 * Moves what was counted to other sums, because the action changed.
	 */
	void reclassify(Classification classification) {
		this.account.reclassify(classification, counts());
	}

	void settle(@Nullable Library library) {
		this.library = library;
		this.finding = this.finding.settled();
		this.settled = true;
	}

	/**
	 * Takes the place of another entry, for what now has this one's fingerprint.
	 */
	void succeed(ViolationEntry other) {
		other.successor = this;
		this.heldMax.accumulate(other.heldMax.get());
		this.threads.addAll(other.threads);
		this.announced |= other.announced;
		if (other.account.isLoud()) {
			this.account.raise();
		}
	}

	/**
	 * Takes over what a predecessor counted.
	 */
	void absorb(Counts counts, Classification from) {
		this.count.add(counts.occurrences());
		this.heldBack.add(counts.heldBack());
		this.prevented.add(counts.prevented());
		this.heldCount.add(counts.heldCount());
		this.heldNanos.add(counts.heldNanos());
		Frame site = this.finding.site();
		line((site != null) ? site.lineNumber() : -1).add(counts.occurrences());
		this.account.absorb(counts, from);
	}

	/**
	 * Returns the entry that has taken this one's place, or this one.
	 */
	ViolationEntry latest() {
		ViolationEntry latest = this;
		for (ViolationEntry next = this.successor; next != null; next = next.successor) {
			latest = next;
		}
		return latest;
	}

	Counts counts() {
		return this.account.counts(this.count.sum(), this.heldBack.sum(), this.prevented.sum(), this.heldCount.sum(),
				this.heldNanos.sum());
	}

	Classification classification() {
		return this.account.classification();
	}

	boolean isSettled() {
		return this.settled;
	}

	boolean isAnnounced() {
		return this.announced;
	}

	void announce() {
		this.announced = true;
		this.account.raise();
	}

	/**
	 * Tells whether enough is known to speak of this violation: one call returned and
	 * took long enough, or has lasted for so long that waiting for it makes no sense.
	 */
	boolean isRipe(Duration patience) {
		if (this.heldCount.sum() == 0) {
			return System.currentTimeMillis() - this.firstSeen >= patience.toMillis();
		}
		return this.account.isLoud();
	}

	Violation snapshot(String fix, Links links, @Nullable BaselineEntry known) {
		Frame site = this.finding.site();
		Frame offender = this.finding.offender();
		Held held = new Held(this.heldCount.sum(), Duration.ofNanos(this.heldNanos.sum()),
				Duration.ofNanos(this.heldMax.get()), null);
		return new Violation(this.id, this.finding.rule(), this.finding.api(), List.of(this.finding.detector()),
				this.finding.origin(), this.account.action(), (known != null) ? known.owner() : null,
				(known != null && !known.isExpired(LocalDate.now())) ? known.explanation() : null,
				(site != null) ? site(site) : null, (offender != null) ? offender(offender) : null, null,
				this.count.sum(), Instant.ofEpochMilli(this.firstSeen), Instant.ofEpochMilli(this.lastSeen),
				this.heldBack.sum(), this.prevented.sum(), held, new Waited(null),
				this.threads.stream().sorted().toList(), this.finding.route(), this.finding.traceId(),
				links.rule(this.finding.rule()), fix);
	}

	private Site site(Frame frame) {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.lines.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.forEach((entry) -> counts.put(String.valueOf(entry.getKey()), entry.getValue().sum()));
		int line = this.lines.entrySet()
			.stream()
			.max(Comparator.comparingLong((entry) -> entry.getValue().sum()))
			.map(Map.Entry::getKey)
			.orElse(frame.lineNumber());
		if (this.otherLines.sum() > 0) {
			counts.put("other", this.otherLines.sum());
		}
		return new Site(frame.className(), frame.methodName(), frame.fileName(), line, counts);
	}

	private Offender offender(Frame frame) {
		return new Offender(frame.className(), frame.methodName(), frame.fileName(), frame.lineNumber(), this.library);
	}

}
