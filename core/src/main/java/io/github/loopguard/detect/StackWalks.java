package io.github.loopguard.detect;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.ledger.Ledger;

/**
 * Decides which hooks an occurrence is about and whether its stack is walked: always,
 * except under a flood.
 */
final class StackWalks {

	private final List<Hook> hooks;

	private final Catalog catalog;

	/** Known before the first hook fires; nobody needs them where there are no hooks. */
	private volatile @Nullable HookRoles roles;

	private final Ledger ledger;

	private final PathFinder paths;

	StackWalks(Catalog catalog, Ledger ledger, PathFinder paths) {
		this.hooks = catalog.hooks();
		this.catalog = catalog;
		this.ledger = ledger;
		this.paths = paths;
	}

	HookRoles roles() {
		HookRoles roles = this.roles;
		if (roles == null) {
			roles = HookRoles.of(this.catalog);
			this.roles = roles;
		}
		return roles;
	}

	/**
	 * Returns the occurrence that begins where the current thread blocks: that of what
	 * encloses the call, or its own.
	 * @param id number of the leaf hook that fired
	 * @return the occurrence, or {@code null} if it has begun
	 */
	@Nullable Occurrence begin(LoopThread thread, PolicyVersion version, int id, long now) {
		endLoading(thread, version, now);
		if (thread.occurrence.isDecided()) {
			return null;
		}
		Occurrence occurrence = thread.hooks.isEnclosed(roles().enclosable(), id) ? thread.enclosing
				: thread.occurrence;
		return occurrence.isDecided() ? null : occurrence;
	}

	/**
	 * Returns the path of the call that blocks the current thread. What others happen to
	 * run it are not part of it.
	 * @param leaf the leaf hook that fired
	 * @param id its number
	 * @param enclosed whether it is part of what encloses it
	 * @param opener the call that it may go on with, or {@code null}
	 * @param sparing whether the walk may be spared
	 */
	CallPath path(LoopThread thread, PolicyVersion version, Hook leaf, int id, boolean enclosed,
			@Nullable CallPath opener, boolean sparing, RequestSource source, long now) {
		CallPath path = outermost(thread, version, leaf, id, enclosed, opener, sparing, source, now);
		while (path == CallPath.HOSTED) {
			path = outermost(thread, version, leaf, id, false, opener, sparing, source, now);
		}
		return path;
	}

	/**
	 * Returns whether the current thread may run code of others that it was not asked to
	 * run: an error thrown there would be theirs.
	 */
	boolean mayRunOthers(LoopThread thread) {
		return thread.hooks.containAny(roles().hosting());
	}

	/**
	 * Ends the call that has begun if what blocks now is a call of its own: that loads a
	 * class, and this is made while the class is initialised.
	 */
	private void endLoading(LoopThread thread, PolicyVersion version, long now) {
		if (!thread.occurrence.hasBegun()) {
			return;
		}
		int outermost = thread.hooks.outermost(roles().naming());
		if (!roles().loading().get(outermost)) {
			return;
		}
		boolean initialising;
		thread.enterOwnCode();
		try {
			initialising = version.attribution().isHosted(this.hooks.get(outermost));
		}
		finally {
			thread.leaveOwnCode();
		}
		if (initialising) {
			thread.end(now);
		}
	}

	private CallPath outermost(LoopThread thread, PolicyVersion version, Hook leaf, int id, boolean enclosed,
			@Nullable CallPath opener, boolean sparing, RequestSource source, long now) {
		OpenHooks open = thread.hooks;
		int outermostId = enclosed ? open.encloser() : open.isIdle() ? id : open.outermost(roles().naming());
		Hook outermost = (!enclosed && open.isIdle()) ? leaf : this.hooks.get(outermostId);
		if (sparing && outermost.kind() != Kind.HOST && roles().haveOneRule(outermostId, id, enclosed)
				&& !version.mayPrevent(outermost, leaf)) {
			CallPath spared = thread.sampler.spare(version, outermostId, id, now);
			if (spared != null && (spared.counted() || spared.continues(opener))) {
				this.ledger.sampled();
				return own(thread, outermostId, spared, now);
			}
		}
		int enclosers = enclosed ? open.count(outermostId) : 0;
		int formerId = open.former(roles(), id);
		Hook former = (formerId == id) ? leaf : this.hooks.get(formerId);
		CallPath path = this.paths.path(thread, version, outermost, leaf, former, enclosers, opener, source);
		thread.sampler.walked(outermostId, id, path);
		return own(thread, outermostId, path, now);
	}

	private CallPath own(LoopThread thread, int outermostId, CallPath path, long now) {
		if (path == CallPath.HOSTED) {
			thread.host(outermostId, now);
		}
		else if (path.opens()) {
			thread.opened = path;
		}
		else if (roles().loading().get(outermostId)) {
			thread.loading = path;
		}
		return path;
	}

}
