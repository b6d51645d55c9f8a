package io.github.loopguard.detect;

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

	CallPath path(PolicyVersion version, StackHash stack, Hook outermost, Hook leaf, int enclosers,
			@Nullable CallPath opener, RequestSource source) {
		long key = version.attribution().key(stack);
		CallPath known = version.paths().get(key);
		CallPath path = known;
		if (path == null) {
			RequestSource.Request request = source.current();
			AttributedCall call = version.attribution()
				.of(outermost, leaf, enclosers, request.route(), request.traceId());
			path = CallPath.of(call, version.policy().decide(call.finding()));
		}
		Finding finding = path.finding();
		if (finding != null && !path.continues(opener)) {
			path = counted(version, path, finding);
		}
		if (path != known) {
			version.paths().put(key, path);
		}
		return path;
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
