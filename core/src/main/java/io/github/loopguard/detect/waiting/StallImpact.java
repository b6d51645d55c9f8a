package io.github.loopguard.detect.waiting;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.RequestSource.Request;
import io.github.loopguard.detect.thread.ReactorExecutors;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.ledger.ViolationEntry;

/**
 * What stalls of event loops cost others: the tasks and requests that wait meanwhile, and
 * the client calls that time out. From when the loop monitor sees that a turn takes too
 * long until the loop has read from all its connections again, requests and timeouts on
 * this loop are counted; at all other times a request costs one read of a field.
 *
 * @since 0.2
 */
public final class StallImpact {

	private final Map<Thread, Standstill> open = new ConcurrentHashMap<>();

	private final Map<ClientTimeout, LongAdder> timeouts = new ConcurrentHashMap<>();

	private volatile boolean counting;

	/**
	 * Creates an impact in which nothing has waited.
	 */
	public StallImpact() {
		for (ClientTimeout kind : ClientTimeout.values()) {
			this.timeouts.put(kind, new LongAdder());
		}
	}

	/**
	 * Returns whether some event loop stands still, or has just gone on.
	 * @return whether requests are counted
	 */
	public boolean isCounting() {
		return this.counting;
	}

	/**
	 * Notes that the current thread begins to handle a request.
	 * @param request returns what is known of it by then; called later, on another thread
	 */
	public void requestBegun(Supplier<Request> request) {
		Standstill standstill = this.counting ? this.open.get(Thread.currentThread()) : null;
		if (standstill != null) {
			standstill.requestBegun(request);
		}
	}

	/**
	 * Returns whether an event loop stands still, or has gone on and has not yet read
	 * from all its connections, and run its timers.
	 * @param loop its thread
	 * @return whether what times out there may be the loop's own doing
	 */
	public boolean isStill(Thread loop) {
		Standstill standstill = this.counting ? this.open.get(loop) : null;
		return standstill != null && !standstill.isOver();
	}

	/**
	 * Notes that a client call timed out.
	 * @param loop thread of its event loop
	 * @param kind how it timed out
	 * @return whether that is counted as caused by a stall of this event loop
	 */
	public boolean timedOut(Thread loop, ClientTimeout kind) {
		Standstill standstill = this.counting ? this.open.get(loop) : null;
		if (standstill == null || !standstill.timedOut(kind)) {
			return false;
		}
		adder(kind).increment();
		return true;
	}

	/**
	 * Returns how many client calls timed out because their own event loop stood still.
	 * @param kind how they timed out
	 * @return the number since the start
	 */
	public long timeouts(ClientTimeout kind) {
		return adder(kind).sum();
	}

	/**
	 * Returns how many tasks wait for a thread of Reactor's elastic scheduler.
	 * @return the number
	 */
	public long elasticPending() {
		return ReactorExecutors.elasticPending();
	}

	/**
	 * Returns how long the task has waited that has waited longest for a thread of
	 * Reactor's elastic scheduler.
	 * @return the time in nanoseconds, 0 if none waits
	 */
	public long elasticWait() {
		return ReactorExecutors.elasticWait();
	}

	/**
	 * Counts what waits while a turn takes too long. Called by the loop monitor, again
	 * and again until the turn ends.
	 * @param loop thread of the event loop, or {@code null} if it is gone
	 * @param lasted how long the turn has taken so far, in nanoseconds
	 * @param call counts the call that holds it and that a hook saw, or {@code null}
	 */
	public void lasts(@Nullable Thread loop, long lasted, @Nullable OccurrenceCounter call) {
		if (loop == null) {
			return;
		}
		Standstill known = this.open.get(loop);
		if (known != null && known.isComplete()) {
			known.settle();
			known = null;
		}
		Standstill standstill = (known != null) ? known : new Standstill(loop);
		if (known == null) {
			this.open.put(loop, standstill);
			this.counting = true;
		}
		standstill.lasts(lasted, (call != null) ? call.violation() : null);
	}

	/**
	 * Ends a turn that took too long. Called by the loop monitor.
	 * @param loop thread of the event loop, or {@code null} if it is gone
	 * @param nanos how long it took, in nanoseconds
	 * @param violation what it is, or {@code null} if it is nobody's violation
	 */
	public void ended(@Nullable Thread loop, long nanos, @Nullable ViolationEntry violation) {
		Standstill standstill = (loop != null) ? this.open.get(loop) : null;
		if (standstill != null) {
			standstill.ended(nanos, violation);
		}
	}

	/**
	 * Tells what is known by now. Called by the loop monitor.
	 */
	public void tell() {
		if (!this.counting) {
			return;
		}
		this.open.values().removeIf((standstill) -> {
			boolean told = standstill.isToldNow();
			if (told) {
				standstill.settle();
			}
			return told;
		});
		this.counting = !this.open.isEmpty();
	}

	/**
	 * Stops counting, and tells what is known. Called by the loop monitor.
	 */
	public void stop() {
		if (this.counting) {
			this.counting = false;
			this.open.values().forEach(Standstill::settle);
			this.open.clear();
		}
	}

	private LongAdder adder(ClientTimeout kind) {
		LongAdder adder = this.timeouts.get(kind);
		return (adder != null) ? adder : new LongAdder();
	}

	/**
	 * How client calls time out.
	 */
	public enum ClientTimeout {

		/** No answer came in time. */
		READ("read"),

		/** The connection was closed before the answer was complete. */
		CLOSED("closed"),

		/** No connection came about in time. */
		CONNECT("connect"),

		/** No connection of the pool became free in time. */
		POOL("pool"),

		/** A time limit within the application was over. */
		OPERATOR("operator");

		private final String id;

		ClientTimeout(String id) {
			this.id = id;
		}

		/**
		 * Returns the name for people and meters.
		 * @return the name
		 */
		public String id() {
			return this.id;
		}

	}

}
