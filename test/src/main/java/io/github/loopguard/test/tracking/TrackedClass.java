package io.github.loopguard.test.tracking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * A class of tracked tests. Violations that cannot be attributed to one of its tests are
 * attributed to the class.
 */
public final class TrackedClass implements Work {

	private final String name;

	private final TestTracker tracker;

	private final Recording around;

	private final Recording inItsMethods;

	private final Map<String, Recordings> late = new LinkedHashMap<>();

	/**
	 * Not guarded by this object's lock: the tracker adds to it while it holds its own
	 * lock, and a thread that holds this object's lock may wait for the tracker's.
	 */
	private final List<Recording> untied = new CopyOnWriteArrayList<>();

	private final AtomicLong running = new AtomicLong();

	private final Deque<Entered> entered = new ArrayDeque<>();

	private volatile boolean inMethod;

	private volatile boolean over;

	TrackedClass(String name, TestTracker tracker) {
		this.name = name;
		this.tracker = tracker;
		this.around = tracker.newRecording();
		this.inItsMethods = tracker.newRecording();
	}

	/**
	 * Returns the name of the class in messages.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	@Override
	public @Nullable Recording recording() {
		if (this.over) {
			return this.tracker.leftovers("");
		}
		return this.inMethod ? this.inItsMethods : this.around;
	}

	/**
	 * Returns what was recorded for this class and cannot be attributed to one of its
	 * tests.
	 * @return recordings with their circumstances
	 */
	public synchronized List<Recordings> unattributed() {
		List<Recordings> unattributed = new ArrayList<>();
		unattributed.add(new Recordings("it happened in a method that runs before or after all of its tests", this.name,
				List.of(this.inItsMethods)));
		unattributed.add(new Recordings("it happened before, between or after its tests", null, List.of(this.around)));
		unattributed.addAll(this.late.values());
		unattributed.add(new Recordings(
				"several tests ran or none, and the thread knew of none; JUnit's @Isolated on the class tells whose it is",
				null, List.copyOf(this.untied)));
		return unattributed;
	}

	/**
	 * Records that a method for all tests of this class begins or ends. Its violations
	 * belong to this class; those of an application context, by contrast, happen in the
	 * class that comes first.
	 * @param inMethod whether such a method runs
	 */
	public void inMethodOfItsOwn(boolean inMethod) {
		if (!inMethod) {
			awaitQuiet();
		}
		this.inMethod = inMethod;
	}

	/**
	 * Makes the current thread work for this class.
	 */
	public synchronized void enter() {
		int suspended = this.entered.isEmpty() ? this.tracker.suspendOthers() : 0;
		this.entered.push(new Entered(TestTracker.enter(this), suspended));
	}

	/**
	 * Undoes the last {@link #enter()}.
	 */
	public synchronized void leave() {
		Entered last = this.entered.pop();
		this.tracker.resumeOthers(last.suspended());
		TestTracker.restore(last.previous());
	}

	/**
	 * Waits until the event loops have done the immediate tasks of this class, for 200 ms
	 * at most.
	 */
	public void awaitQuiet() {
		Quiescence.await(() -> this.running.get() > 0, false);
	}

	@Override
	public void begun() {
		this.running.incrementAndGet();
	}

	@Override
	public void ended() {
		this.running.decrementAndGet();
	}

	void add(Recording untied) {
		this.untied.add(untied);
	}

	synchronized Recording late(TrackedTest test) {
		return this.late
			.computeIfAbsent(test.name(),
					(name) -> new Recordings("it happened after " + name + " had ended", test.reference(),
							List.of(this.tracker.newRecording())))
			.all()
			.get(0);
	}

	boolean isOver() {
		return this.over;
	}

	void over() {
		this.over = true;
	}

	/**
	 * What a thread worked for before.
	 */
	private record Entered(@Nullable Work previous, int suspended) {
	}

}
