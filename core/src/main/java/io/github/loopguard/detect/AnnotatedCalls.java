package io.github.loopguard.detect;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.detect.annotation.AnnotatedHooks;
import io.github.loopguard.ledger.Ledger;

/**
 * Records the calls of annotated methods: on return, because what blocks inside them says
 * more, and one call is one violation. A call that is to be prevented is recorded on
 * entry.
 */
final class AnnotatedCalls {

	private static final Predicate<CallPath> TO_PREVENT = (path) -> path.isToFail() && path.preventable();

	private final AnnotatedHooks hooks;

	private final PathFinder paths;

	private final Ledger ledger;

	private final LongAdder failures;

	AnnotatedCalls(AnnotatedHooks hooks, PathFinder paths, Ledger ledger, LongAdder failures) {
		this.hooks = hooks;
		this.paths = paths;
		this.ledger = ledger;
		this.failures = failures;
	}

	/**
	 * Enters a method.
	 * @param id number of its hook
	 * @return the call to prevent, or {@code null} if it goes on
	 */
	@Nullable PreventedCall enter(LoopThread thread, int id, PolicyVersion version, @Nullable OccurrenceListener listener,
			RequestSource source) {
		long now = System.nanoTime();
		if (!thread.annotated.enter(id, now) || version.annotated() != Action.FAIL || thread.occurrence.isOpen()) {
			return null;
		}
		thread.enterOwnCode();
		try {
			CallPath path = this.paths.annotated(version, this.hooks.get(id), TO_PREVENT, source);
			if (path == null || version.attribution().isInitialising()) {
				return null;
			}
			thread.annotated.occurrence.begin(path, null, listener, source);
			PreventedCall prevented = thread.annotated.occurrence.fail(version.attribution());
			thread.annotated.occurrence.end(thread.annotated.nanos(System.nanoTime()));
			thread.annotated.leave(id);
			return prevented;
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			this.failures.increment();
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
	void exit(LoopThread thread, int id, PolicyVersion version, @Nullable OccurrenceListener listener,
			RequestSource source) {
		AnnotatedCall call = thread.annotated;
		if (!call.leave(id) || thread.occurrence.isOpen() || call.outweighs(version.annotated())) {
			return;
		}
		long now = System.nanoTime();
		thread.enterOwnCode();
		try {
			CallPath path = (version.annotated() == Action.FAIL || listener != null || !call.isQuiet()) ? null
					: thread.sampler.spare(version, id, id, now);
			if (path != null) {
				this.ledger.sampled();
			}
			else {
				path = this.paths.annotated(version, this.hooks.get(id), call.unreported, source);
				if (path == null) {
					return;
				}
				thread.sampler.walked(id, id, path);
			}
			call.occurrence.begin(path, null, listener, source);
			if (call.occurrence.isToFail()) {
				call.occurrence.heldBack();
			}
			call.occurrence.end(call.nanos(now));
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			this.failures.increment();
		}
		finally {
			thread.exclude(System.nanoTime() - now);
			thread.leaveOwnCode();
		}
	}

}
