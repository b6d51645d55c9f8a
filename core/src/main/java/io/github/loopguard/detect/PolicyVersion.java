package io.github.loopguard.detect;

import java.util.Comparator;
import java.util.stream.Stream;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.stack.Attribution;
import io.github.loopguard.policy.Policy;

/**
 * A policy with everything that holds only as long as it does: replaced as a whole when
 * the policy or the application's packages change, so that each path is attributed and
 * decided once for each version.
 *
 * @param attribution finds out whose call it was
 * @param policy decides
 * @param paths the paths that were decided
 * @param preventing whether some call may have to be prevented
 * @param annotated strongest action for calls of annotated methods
 */
record PolicyVersion(Attribution attribution, Policy policy, PathCache paths, boolean preventing, Action annotated) {

	static PolicyVersion of(Catalog catalog, ApplicationPackages applicationPackages, Policy policy) {
		return new PolicyVersion(new Attribution(catalog, applicationPackages, policy.allowances()), policy,
				new PathCache(), policy.isPreventing(), annotated(policy));
	}

	private static Action annotated(Policy policy) {
		return Stream.of(Origin.values())
			.map((origin) -> policy.action(Catalog.MARKED_BLOCKING, origin, Action.OBSERVE))
			.max(Comparator.naturalOrder())
			.orElse(Action.OBSERVE);
	}

}
