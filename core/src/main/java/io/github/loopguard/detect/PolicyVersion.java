package io.github.loopguard.detect;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
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
 * @param preventing rules some of whose calls may have to be prevented
 * @param annotated strongest action for calls of annotated methods
 */
record PolicyVersion(Attribution attribution, Policy policy, PathCache paths, Set<String> preventing,
		Action annotated) {

	static PolicyVersion of(Catalog catalog, ApplicationPackages applicationPackages, Policy policy) {
		return new PolicyVersion(new Attribution(catalog, applicationPackages, policy.allowances()), policy,
				new PathCache(), policy.preventing(), annotated(policy));
	}

	/**
	 * Returns whether a call may have to be prevented.
	 * @param outermost the outermost hook of the call
	 * @param leaf the hook that fired
	 */
	boolean mayPrevent(Hook outermost, Hook leaf) {
		return !this.preventing.isEmpty()
				&& (this.preventing.contains(outermost.rule()) || this.preventing.contains(leaf.rule()));
	}

	private static Action annotated(Policy policy) {
		return Stream.of(Origin.values())
			.map((origin) -> policy.action(Catalog.MARKED_BLOCKING, origin, Action.OBSERVE))
			.max(Comparator.naturalOrder())
			.orElse(Action.OBSERVE);
	}

	/**
	 * Call paths by the hash of every frame that was walked. Bounded: a full cache is
	 * emptied, which costs a second walk of each path and nothing else.
	 */
	static final class PathCache {

		private static final int LIMIT = 8_192;

		private final Map<Long, CallPath> paths = new ConcurrentHashMap<>();

		@Nullable CallPath get(long key) {
			CallPath path = this.paths.get(key);
			return (path != null && !path.counter().isOutdated()) ? path : null;
		}

		void put(long key, CallPath path) {
			if (this.paths.size() >= LIMIT) {
				this.paths.clear();
			}
			this.paths.put(key, path);
		}

	}

}
