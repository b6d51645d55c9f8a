package io.github.loopguard.detect;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.OccurrenceListener.Progress;
import io.github.loopguard.detect.annotation.AnnotatedHooks;
import io.github.loopguard.ledger.Ledger;

/**
 * Records the calls of annotated methods: on return, because what blocks inside them says
 * more, and one call is one violation. A call that is to be prevented is recorded on
 * entry, and one that lasts while it lasts.
 */
final class AnnotatedCalls {

	private final AnnotatedHooks hooks;

	private final PathFinder paths;

	private final StackWalks walks;

	private final Ledger ledger;

	AnnotatedCalls(AnnotatedHooks hooks, PathFinder paths, StackWalks walks, Ledger ledger) {
		this.hooks = hooks;
		this.paths = paths;
		this.walks = walks;
		this.ledger = ledger;
	}

	/**
	 * Enters a method.
	 * @param id number of its hook
	 * @return the call to prevent, or {@code null} if it goes on
	 */
	@Nullable PreventedCall enter(LoopThread thread, int id, PolicyVersion version, @Nullable OccurrenceListener listener,
			RequestSource source, long now) {
		AnnotatedCall call = thread.annotated;
		call.enter(id, now);
		if (thread.isBlocked() || !call.mayMatter(id, version.annotated())) {
			return null;
		}
		thread.enterOwnCode();
		try {
			Hook hook = this.hooks.get(id);
			CallPath spared = (version.annotated() == Action.FAIL || listener != null) ? null
					: thread.sampler.spare(version, id, id, now);
			long key = (spared != null) ? 0 : this.paths.key(version, hook);
			CallPath path = (spared != null) ? spared : this.paths.annotated(version, key, hook, source);
			if (path.isToFail() && path.preventable() && !this.walks.mayRunOthers(thread)
					&& !version.attribution().isInitialising()) {
				call.leave(id);
				return prevented(this.paths.counted(version, key, path), now, listener, source);
			}
			call.begin(id, path, version, key, now);
			return null;
		}
		finally {
			thread.exclude(System.nanoTime() - now);
			thread.leaveOwnCode();
		}
	}

	/**
	 * Leaves a method, by return or by an exception.
	 * @param id number of its hook
	 */
	void exit(LoopThread thread, int id, @Nullable OccurrenceListener listener, RequestSource source) {
		AnnotatedCall call = thread.annotated;
		if (!call.leave(id)) {
			return;
		}
		long now = System.nanoTime();
		thread.enterOwnCode();
		try {
			boolean told = call.end();
			CallPath path = call.ended(this.paths, told);
			if (path == null) {
				return;
			}
			if (call.isWalked()) {
				thread.sampler.walked(id, id, path);
			}
			else {
				this.ledger.sampled();
			}
			if (!told) {
				path.counter().begun();
			}
			thread.history.keep(path.counter(), call.nanos(now));
			if (!path.isAllowed()) {
				ended(path, call.nanos(now), listener, source);
			}
		}
		finally {
			thread.exclude(System.nanoTime() - now);
			thread.leaveOwnCode();
		}
	}

	private static void ended(CallPath path, long nanos, @Nullable OccurrenceListener listener, RequestSource source) {
		Progress progress = (listener != null) ? listener.begun(path.counter(), source) : null;
		if (path.isToFail()) {
			path.counter().heldBack();
			if (progress != null) {
				progress.heldBack();
			}
		}
		path.counter().ended(nanos);
		source.ended(path.counter(), nanos);
		if (progress != null) {
			progress.ended(nanos);
		}
	}

	private static PreventedCall prevented(CallPath path, long since, @Nullable OccurrenceListener listener,
			RequestSource source) {
		path.counter().begun();
		Progress progress = (listener != null) ? listener.begun(path.counter(), source) : null;
		path.counter().prevented();
		if (progress != null) {
			progress.prevented();
		}
		long nanos = System.nanoTime() - since;
		path.counter().ended(nanos);
		if (progress != null) {
			progress.ended(nanos);
		}
		return new PreventedCall(path.api(), path.rule());
	}

}
