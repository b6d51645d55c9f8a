package io.github.loopguard.test.tracking;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Violation;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.ledger.ViolationEntry;
import io.github.loopguard.policy.Decision;
import io.github.loopguard.policy.Policy;

/**
 * What happened on behalf of one piece of work, such as a test, counted apart from all
 * else. An occurrence is in it from the moment its call blocks: nothing waits for the
 * ledger's thread.
 */
public final class Recording {

	private static final int LIMIT = 1_000;

	private final Ledger ledger;

	private final Supplier<Policy> policy;

	private final Map<ViolationEntry, RecordedViolation> recorded = new ConcurrentHashMap<>();

	private final LongAdder unnamed = new LongAdder();

	/**
	 * Creates an empty recording.
	 * @param ledger the ledger that names what is recorded
	 * @param policy returns the policy in force
	 */
	public Recording(Ledger ledger, Supplier<Policy> policy) {
		this.ledger = ledger;
		this.policy = policy;
	}

	/**
	 * Returns what the policy in force reports: violations whose action is {@code log} or
	 * {@code fail} and that held a loop for long enough to be mentioned. Counts, times,
	 * lines, threads and route are those of this recording.
	 * @return snapshots, in the order in which they happened first
	 */
	public List<Violation> violations() {
		Policy policy = this.policy.get();
		return this.recorded.entrySet()
			.stream()
			.flatMap((recorded) -> reported(recorded.getKey().latest(), recorded.getValue(), policy).stream())
			.sorted(Comparator.comparing(Violation::firstSeen).thenComparing(Violation::id))
			.toList();
	}

	/**
	 * Returns the stack of a violation's first occurrence in this recording.
	 * @param id identifier of the violation
	 * @return frames from the leaf hook outwards, empty if there is no such violation
	 */
	public List<StackTraceElement> stack(String id) {
		return this.recorded.entrySet()
			.stream()
			.filter((recorded) -> recorded.getKey().latest().finding().key().id().equals(id))
			.findFirst()
			.map((recorded) -> recorded.getValue().stack())
			.orElse(List.of());
	}

	/**
	 * Returns how many occurrences are not among the violations because there was no
	 * place for them.
	 * @return the number
	 */
	public long unnamed() {
		return this.unnamed.sum();
	}

	/**
	 * Returns whether a call that is recorded here has not returned yet.
	 * @return whether a loop is blocked at this moment
	 */
	public boolean isGoingOn() {
		return this.recorded.values().stream().anyMatch(RecordedViolation::isGoingOn);
	}

	/**
	 * Records an occurrence that has begun. Called on event loops.
	 * @param counter counted it
	 * @param route route of the request it happens in, or {@code null} if unknown
	 * @return is notified of how the occurrence goes on, or {@code null} if there is no
	 * place for it
	 */
	@Nullable RecordedViolation begun(OccurrenceCounter counter, @Nullable String route) {
		ViolationEntry entry = counter.violation();
		RecordedViolation known = (entry != null) ? this.recorded.get(entry) : null;
		if (known == null) {
			if (entry == null || this.recorded.size() >= LIMIT) {
				if (counter.action().compareTo(Action.LOG) >= 0 || entry != null) {
					this.unnamed.increment();
				}
				return null;
			}
			known = this.recorded.computeIfAbsent(entry, (key) -> new RecordedViolation(route));
		}
		known.begun(counter.lineNumber());
		return known;
	}

	/**
	 * Returns a violation if the policy reports it, whatever the application tolerates.
	 * Its call may still be going on, so that the ledger does not know yet that it takes
	 * long enough; and it may have left the ledger, which decides about it no more.
	 */
	private Optional<Violation> reported(ViolationEntry entry, RecordedViolation recorded, Policy policy) {
		Decision decision = policy.decide(entry.finding());
		boolean reported = switch (decision.untolerated()) {
			case FAIL -> true;
			case LOG -> recorded.isAtLeast(decision.logFrom());
			case OBSERVE, OFF -> false;
		};
		return reported ? Optional.of(recorded.of(this.ledger.snapshot(entry), decision.action())) : Optional.empty();
	}

}
