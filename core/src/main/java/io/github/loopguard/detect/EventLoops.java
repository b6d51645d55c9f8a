package io.github.loopguard.detect;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import reactor.core.scheduler.Schedulers;

import io.github.loopguard.detect.thread.ThreadNames;
import io.github.loopguard.detect.thread.ThreadRole;
import io.github.loopguard.detect.thread.ThreadRoles;

/**
 * The one answer to which threads are event loops: those that Loopguard knows, together
 * with those of other integrations of BlockHound and of users.
 *
 * @since 0.1
 */
public final class EventLoops {

	/**
	 * The timer of Kotlin's coroutines is a plain thread, whose name has the coroutine's
	 * appended while one runs if assertions are enabled.
	 */
	private static volatile ThreadNames loops = ThreadNames.NONE.and(List.of("kotlinx.coroutines.DefaultExecutor*"));

	private static volatile ThreadNames others = ThreadNames.NONE;

	private static volatile Predicate<Thread> agreed = and((thread) -> false);

	private EventLoops() {
	}

	/**
	 * Returns whether the current thread is an event loop. Other integrations are asked,
	 * too, as soon as BlockHound is installed.
	 * @return whether it must not block
	 */
	public static boolean isCurrent() {
		return agreed.test(Thread.currentThread());
	}

	/**
	 * Returns whether another thread can be an event loop at all. Which executor it runs
	 * is not known.
	 * @param thread the thread
	 * @return whether it is worth a closer look
	 */
	public static boolean isCandidate(Thread thread) {
		return loops.match(thread) || ThreadRoles.isCandidate(thread) || Schedulers.isNonBlockingThread(thread);
	}

	/**
	 * Returns whether another thread is an event loop, asked from outside: those of other
	 * integrations, which only know the current thread, and threads of coroutines, which
	 * are one by turns, are not known.
	 * @param thread the thread
	 * @return whether it must not block
	 */
	public static boolean isWatched(Thread thread) {
		if (others.match(thread)) {
			return false;
		}
		return loops.match(thread) || ThreadRoles.ofOther(thread) == ThreadRole.EVENT_LOOP;
	}

	/**
	 * Returns whether only the name of a thread tells that it is an event loop, so that
	 * it is not known how it waits for work.
	 * @param thread an event loop
	 * @return whether its class does not show it
	 */
	public static boolean isKnownByName(Thread thread) {
		return ThreadRoles.ofOther(thread) != ThreadRole.EVENT_LOOP;
	}

	/**
	 * Adds threads by name whose class does not show what they are. Applies to threads
	 * that have not yet met a hook.
	 * @param eventLoops patterns of the names of threads that are event loops, in which
	 * an asterisk stands for anything
	 * @param blocking patterns of the names of threads that may block, whatever they are
	 * otherwise
	 */
	public static synchronized void add(Collection<String> eventLoops, Collection<String> blocking) {
		loops = loops.and(eventLoops);
		others = others.and(blocking);
	}

	/**
	 * Adds what others know. They are asked about threads of which nothing is known, so a
	 * pool that may block is no event loop, whoever says so.
	 * @param others recognizes their event loops, and is asked on the thread in question
	 * @return recognizes all event loops
	 */
	public static Predicate<Thread> and(Predicate<Thread> others) {
		return (thread) -> switch (role(thread)) {
			case EVENT_LOOP -> true;
			case MAY_BLOCK -> false;
			case UNKNOWN -> others.test(thread);
		};
	}

	/**
	 * Takes over what everybody has agreed upon.
	 * @param predicate recognizes all event loops
	 * @return the same predicate
	 */
	public static Predicate<Thread> agreed(Predicate<Thread> predicate) {
		agreed = predicate;
		return predicate;
	}

	/**
	 * Adds event loops of somebody who joins later.
	 * @param threads recognizes them
	 */
	public static synchronized void or(Predicate<Thread> threads) {
		agreed = and(agreed.or(threads));
	}

	/**
	 * Returns whether a thread may be an event loop at one time and none at another.
	 * @param thread the thread
	 * @return whether it has to be asked each time
	 */
	public static boolean mayChange(Thread thread) {
		return ThreadRoles.mayChange(thread);
	}

	private static ThreadRole role(Thread thread) {
		if (others.match(thread)) {
			return ThreadRole.MAY_BLOCK;
		}
		if (loops.match(thread)) {
			return ThreadRole.EVENT_LOOP;
		}
		ThreadRole role = ThreadRoles.of(thread);
		return (role == ThreadRole.UNKNOWN && Schedulers.isNonBlockingThread(thread)) ? ThreadRole.EVENT_LOOP : role;
	}

}
