package io.github.loopguard.detect;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.detect.CallPath.Uncounted;
import io.github.loopguard.detect.stack.AttributedCall;
import io.github.loopguard.detect.stack.StackHash;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.ledger.ViolationEntry;
import io.github.loopguard.policy.Decision;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Policy;

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
	 * @return the path, or {@link CallPath#HOSTED} if the outermost hook only happens to
	 * run the call
	 */
	CallPath path(LoopThread thread, PolicyVersion version, Hook outermost, Hook leaf, Hook former, int enclosers,
			@Nullable CallPath opener, RequestSource source) {
		StackHash stack = version.attribution().hash(outermost, leaf, enclosers);
		long key = version.attribution().key(stack.walker().walk(stack));
		CallPath known = version.paths().get(key);
		CallPath path = (known != null) ? known : decided(thread, version, outermost, leaf, enclosers, former, source);
		if (!path.counted() && !path.continues(opener)) {
			return counted(version, key, path);
		}
		if (path != known) {
			version.paths().put(key, path);
		}
		return path;
	}

	/**
	 * Returns the key of the call of an annotated method that has just been entered.
	 */
	long key(PolicyVersion version, Hook hook) {
		StackHash stack = version.attribution().hash(hook, hook, 1);
		return version.attribution().key(stack.walker().walk(stack));
	}

	/**
	 * Returns the path of the call of an annotated method that has just been entered, not
	 * counted yet.
	 * @param key its key
	 */
	CallPath annotated(PolicyVersion version, long key, Hook hook, RequestSource source) {
		CallPath known = version.paths().get(key);
		if (known != null) {
			return known;
		}
		CallPath path = decided(null, version, hook, hook, 1, hook, source);
		version.paths().put(key, path);
		return path;
	}

	/**
	 * Returns the path with a counter.
	 * @param key its key
	 */
	CallPath counted(PolicyVersion version, long key, CallPath path) {
		Uncounted uncounted = path.uncounted();
		if (uncounted == null) {
			return path;
		}
		CallPath counted = counted(version, path, uncounted.finding());
		version.paths().put(key, counted);
		return counted;
	}

	private CallPath decided(@Nullable LoopThread thread, PolicyVersion version, Hook outermost, Hook leaf,
			int enclosers, Hook former, RequestSource source) {
		if (outermost.kind() == Kind.HOST && version.attribution().isHosted(outermost)) {
			return CallPath.HOSTED;
		}
		RequestSource.Request request = source.current();
		AttributedCall call = version.attribution()
			.of(outermost, leaf, enclosers, former, request.route(), request.traceId());
		if (thread != null) {
			call = call.countedWith(thread.hooks.isHosted() ? finding(thread.loading) : null, finding(thread.opened));
		}
		Decision decision = version.policy().decide(call.finding());
		return CallPath.of(call,
				decision.allowance() != null && isCovered(call.finding(), outermost, leaf, version.policy()), decision);
	}

	private static @Nullable Finding finding(@Nullable CallPath path) {
		ViolationEntry entry = (path != null) ? path.counter().violation() : null;
		return (entry != null) ? entry.latest().finding() : null;
	}

	/**
	 * Returns whether an allowance covers the whole call, because it is for a method that
	 * made the call, and not for one inside it.
	 */
	private static boolean isCovered(Finding finding, Hook outermost, Hook leaf, Policy policy) {
		List<StackTraceElement> path = finding.stack().path();
		int called = path.size() - 1;
		while (called >= 0 && !isMethod(path.get(called), outermost)) {
			called--;
		}
		Allowance allowance = policy.allowances()
			.find(finding.api(), path.subList(called + 1, path.size()), finding.stack().callers());
		return (called >= 0 || outermost == leaf) && allowance != null && allowance.call() == null;
	}

	private static boolean isMethod(StackTraceElement frame, Hook hook) {
		return frame.getClassName().equals(hook.className()) && frame.getMethodName().equals(hook.methodName());
	}

	/**
	 * Counts a call that BlockHound lets pass.
	 */
	void allowed(Finding finding, Allowance allowance) {
		this.ledger.counter(finding, new Decision(Action.OFF, Action.OFF, Duration.ZERO, allowance, null)).begun();
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
