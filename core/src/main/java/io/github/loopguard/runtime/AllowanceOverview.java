package io.github.loopguard.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.Violation;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.AllowanceInspection;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.allowance.AllowanceStatus.State;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * The status of all allowances, ours and those of others. The class file of each is read
 * once.
 */
final class AllowanceOverview {

	private static final Logger logger = LoggerFactory.getLogger(Loopguard.class);

	private static final Set<String> MAINTAINED = Set.of("netty", "reactor", "spring", "blockhound");

	/** Created when it is needed: it loads classes that others may do without. */
	private @Nullable AllowanceInspection inspection;

	private final Map<Allowance, Optional<AllowanceStatus>> inspected = new LinkedHashMap<>();

	private final Set<String> warned = new HashSet<>();

	/**
	 * Returns the status of every allowance, except of those for libraries that are
	 * absent.
	 * @param policy has what is matched against stacks
	 * @param ledger counts it
	 * @param detection knows what BlockHound lets pass
	 */
	synchronized List<AllowanceStatus> status(Policy policy, Ledger ledger, Detection detection) {
		return status(policy, ledger, detection, (allowance) -> true);
	}

	private List<AllowanceStatus> status(Policy policy, Ledger ledger, Detection detection,
			Predicate<Allowance> filter) {
		List<AllowanceStatus> all = new ArrayList<>();
		boolean counted = detection.outside().flightRecorder().isRecording();
		for (Allowance allowance : policy.allowances().all().stream().filter(filter).toList()) {
			AllowanceStatus status = inspect(allowance, (it) -> inspection().ofStacks(it));
			if (status != null) {
				State state = allowance.isExpired() ? State.EXPIRED : status.state();
				all.add(new AllowanceStatus(allowance, state,
						(state == State.EXPIRED) ? "Its last day was " + allowance.until() : status.problem(),
						ledger.allowed(allowance.id())));
			}
		}
		for (BaselineEntry entry : policy.baseline().entries()) {
			all.add(ledger.status(entry));
		}
		for (Allowance allowance : detection.calls().foreignAllowances()) {
			AllowanceStatus status = inspect(allowance, (it) -> inspection().ofBlockHound(it));
			if (status != null) {
				long count = ledger.allowed(allowance.id());
				all.add((counted || count > 0) ? new AllowanceStatus(allowance, status.state(), status.problem(), count)
						: status);
			}
		}
		return all;
	}

	/**
	 * Warns, once for each, of what can be corrected in this application. What Loopguard
	 * ships is not inspected for that, which would cost time for nothing.
	 */
	synchronized void warn(Policy policy, Ledger ledger, Detection detection, List<Hook> hooks) {
		for (AllowanceStatus status : status(policy, ledger, detection,
				(it) -> !it.source().equals(Allowance.SHIPPED))) {
			Allowance allowance = status.allowance();
			boolean concerns = allowance.source().equals(Allowance.USER)
					|| !(status.isForAnotherVersion() || MAINTAINED.contains(allowance.source()));
			if (status.state() != State.LIVE && concerns && this.warned.add(allowance.id() + status.state())) {
				logger.warn("Loopguard: the allowance of {} for {} is {}. {}.{}", allowance.source(),
						Violation.printable(allowance.method()), status.state(),
						Violation.printable(String.valueOf(status.problem())), remedy(status));
			}
		}
		for (Hook hook : hooks) {
			String missing = inspection().missing(hook.className(), hook.methodName());
			if (missing != null && this.warned.add(hook.toString())) {
				logger.warn("Loopguard: the hook {} finds nothing: {}. Name the class that has the method's body.",
						Violation.printable(hook.toString()), Violation.printable(missing));
			}
		}
	}

	private AllowanceInspection inspection() {
		if (this.inspection == null) {
			this.inspection = new AllowanceInspection(classLoader());
		}
		return this.inspection;
	}

	private @Nullable AllowanceStatus inspect(Allowance allowance, Function<Allowance, @Nullable AllowanceStatus> how) {
		return this.inspected.computeIfAbsent(allowance, (key) -> Optional.ofNullable(how.apply(key))).orElse(null);
	}

	private static String remedy(AllowanceStatus status) {
		return switch (status.state()) {
			case LIVE -> "";
			case EXPIRED -> " Fix the call, or give the allowance a later day.";
			case STALE -> " Remove it, or name the method that is there now.";
			case NO_EFFECT -> " Name a method that has a body and makes the call.";
			case TOO_BROAD -> " Name the narrowest method that makes the call and runs no other code.";
		};
	}

	private static ClassLoader classLoader() {
		ClassLoader ours = AllowanceOverview.class.getClassLoader();
		return (ours != null) ? ours : ClassLoader.getSystemClassLoader();
	}

}
