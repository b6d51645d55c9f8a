package io.github.loopguard.detect;

import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.AttributedCall;
import io.github.loopguard.detect.stack.StackHash;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.ledger.ViolationEntry;
import io.github.loopguard.policy.Finding;

/**
 * Finds the path of a call: attributes and decides it when it is new, and knows it
 * afterwards.
 */
final class PathFinder {

	private final Ledger ledger;

	private final Supplier<PolicyVersion> latest;

	/**
	 * Creates a finder.
	 * @param ledger has the counters of the paths
	 * @param latest returns the policy version in force
	 */
	PathFinder(Ledger ledger, Supplier<PolicyVersion> latest) {
		this.ledger = ledger;
		this.latest = latest;
	}

	/**
	 * Returns the path of the call that blocks the current thread.
	 * @param outermost the entry hook around it, or the leaf hook itself
	 * @param leaf the leaf hook that fired
	 * @param former the hook that named such a call in former versions
	 * @param enclosers number of frames of the outermost hook that enclose the call
	 */
	CallPath path(PolicyVersion version, Hook outermost, Hook leaf, Hook former, int enclosers,
			@Nullable CallPath opener, RequestSource source) {
		StackHash stack = version.attribution().hash(outermost, leaf, enclosers);
		long key = version.attribution().key(stack.walker().walk(stack));
		CallPath known = version.paths().get(key);
		if (known != null && (known.counted() || known.continues(opener))) {
			return known;
		}
		AttributedCall call = attributed(version, outermost, leaf, enclosers, former, source);
		CallPath path = CallPath.of(call, version.policy().decide(call.finding()));
		if (!path.continues(opener)) {
			path = counted(version, path, call.finding());
		}
		version.paths().put(key, path);
		return path;
	}

	/**
	 * Returns the path of the call of an annotated method, which may be under way or
	 * about to return.
	 * @param wanted accepts the path if it is to be counted
	 * @return the path, or {@code null} if it was not accepted
	 */
	@Nullable CallPath annotated(PolicyVersion version, Hook hook, Predicate<CallPath> wanted, RequestSource source) {
		StackHash stack = version.attribution().hash(hook, hook, 1);
		long key = version.attribution().key(stack.walker().walk(stack));
		CallPath known = version.paths().get(key);
		if (known != null && !wanted.test(known)) {
			return null;
		}
		if (known != null && known.counted()) {
			return known;
		}
		AttributedCall call = attributed(version, hook, hook, 1, hook, source);
		CallPath path = CallPath.of(call, version.policy().decide(call.finding()));
		boolean accepted = wanted.test(path);
		if (accepted) {
			path = counted(version, path, call.finding());
		}
		version.paths().put(key, path);
		return accepted ? path : null;
	}

	private AttributedCall attributed(PolicyVersion version, Hook outermost, Hook leaf, int enclosers, Hook former,
			RequestSource source) {
		RequestSource.Request request = source.current();
		return version.attribution().of(outermost, leaf, enclosers, former, request.route(), request.traceId());
	}

	/**
	 * Returns the path with a counter. If the policy changed meanwhile, the ledger may
	 * have been revised before it had the violation, so it is decided again.
	 */
	CallPath counted(PolicyVersion version, CallPath path, Finding finding) {
		OccurrenceCounter counter = this.ledger.counter(finding, path.decision());
		ViolationEntry entry = counter.violation();
		PolicyVersion now = this.latest.get();
		if (now != version && entry != null) {
			this.ledger.revise(entry, now.attribution()::revise, now.policy()::decide);
		}
		return path.countedBy(counter);
	}

}
