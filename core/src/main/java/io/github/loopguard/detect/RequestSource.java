package io.github.loopguard.detect;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.turn.SharedSource;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * Returns the request that the current event loop works on.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RequestSource {

	/**
	 * Called on event loops when something blocks for the first time; must not block.
	 * @return the request, or {@link Request#NONE} if none is known
	 */
	Request current();

	/**
	 * Called on event loops when a call has ended that held them for at least 1 ms, on
	 * the stack of the call; must not block.
	 * @param call counts the call
	 * @param nanos how long it held the event loop, in nanoseconds
	 */
	default void ended(OccurrenceCounter call, long nanos) {
	}

	/**
	 * The request an event loop works on.
	 *
	 * @param route method and route template, such as <code>GET /invoices/{id}</code>, or
	 * {@code null} if unknown; never a path with values in it
	 * @param traceId identifier of the trace, or {@code null} if there is none
	 */
	record Request(@Nullable String route, @Nullable String traceId) {

		/**
		 * No request.
		 */
		public static final Request NONE = new Request(null, null);

	}

	/**
	 * Notes what each thread works for, so that a blocking call can be asked for its
	 * request. What that means is found out only when something blocks: a turn that does
	 * not block costs two writes and allocates nothing.
	 */
	final class Turn {

		private static final int DEEPEST = 8;

		/** Whether somebody has to know when turns follow each other. */
		private static boolean nextAnnounced;

		private static final ThreadLocal<Turn> CURRENT = new ThreadLocal<>();

		private final @Nullable Object[] works = new Object[DEEPEST];

		private int depth;

		private Turn() {
		}

		/**
		 * Begins a turn of the current thread, within the one under way. Called by woven
		 * code.
		 * @param work what it works for: a channel handler's context, a task, a
		 * subscriber
		 */
		public static void begin(Object work) {
			Turn turn = CURRENT.get();
			if (turn == null) {
				turn = new Turn();
				CURRENT.set(turn);
			}
			if (turn.depth < DEEPEST) {
				turn.works[turn.depth] = work;
			}
			turn.depth++;
		}

		/**
		 * Ends the turn that was begun last. Called by woven code.
		 */
		public static void end() {
			Turn turn = CURRENT.get();
			if (turn != null && turn.depth > 0 && --turn.depth < DEEPEST) {
				turn.works[turn.depth] = null;
			}
		}

		/**
		 * Begins what an event loop does next: a task, an event of a channel. Called by
		 * woven code, and costs nothing until an event loop opens something whose use
		 * blocks.
		 */
		public static void next() {
			if (nextAnnounced) {
				LoopThreads.nextTurn();
			}
		}

		/**
		 * Announces the next turns of the current thread.
		 */
		static void announceNext() {
			if (!nextAnnounced) {
				nextAnnounced = true;
			}
		}

		/**
		 * Returns what the current thread works for.
		 * @return what the innermost turn works for, or {@code null} if that is unknown
		 */
		public static @Nullable Object current() {
			Turn turn = CURRENT.get();
			return (turn != null && turn.depth > 0 && turn.depth <= DEEPEST) ? turn.works[turn.depth - 1] : null;
		}

		/**
		 * Returns whether others' subscribers may be called between the beginning of the
		 * current turn and the caller: then what the thread works for says nothing about
		 * the code that runs. Walks the stack.
		 * @return whether the code that runs may belong to somebody else
		 */
		public static boolean isShared() {
			return SharedSource.isOnStack();
		}

		/**
		 * Returns whether a subscriber may hand its signals to several others.
		 * @param subscriber the subscriber
		 * @return whether they may belong to different requests
		 */
		public static boolean isShared(Object subscriber) {
			return SharedSource.isShared(subscriber.getClass().getName());
		}

		/**
		 * Returns whether Reactor has set the thread-locals of the subscriber that runs.
		 * Walks the stack.
		 * @return whether context propagation is right about the code that runs
		 */
		public static boolean isRestored() {
			return SharedSource.isRestored();
		}

	}

}
