package io.github.loopguard.test.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.detect.OccurrenceListener;
import io.github.loopguard.detect.RequestSource;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.runtime.Loopguard;
import io.github.loopguard.test.baseline.KnownViolations;

/**
 * Tracks which tests run in this JVM and which of them each thread works for.
 */
public final class TestTracker implements OccurrenceListener {

	private static final ThreadLocal<Work> CURRENT = new ThreadLocal<>();

	/**
	 * The work of the thread before each test or class that is not tracked and that it
	 * has not ended yet.
	 */
	private static final ThreadLocal<List<Optional<Work>>> OTHERS = ThreadLocal.withInitial(ArrayList::new);

	private static final TestTracker INSTANCE = new TestTracker();

	private final Map<String, TrackedTest> named = new ConcurrentHashMap<>();

	private final Map<String, Recording> leftovers = new ConcurrentHashMap<>();

	private volatile Running running = new Running(List.of(), List.of(), 0, newRecording());

	private @Nullable Optional<String> problem;

	private TestTracker() {
	}

	/**
	 * Returns the only instance.
	 * @return the tracker of this JVM
	 */
	public static TestTracker instance() {
		return INSTANCE;
	}

	/**
	 * Installs Loopguard and starts recording, once, unless Loopguard is turned off.
	 */
	public synchronized void install() {
		if (this.problem != null) {
			return;
		}
		if (Loopguard.isTurnedOff()) {
			this.problem = Optional.of(Remedy.TURNED_OFF);
			return;
		}
		Loopguard.instance().install(ApplicationDirectories.packages());
		Loopguard.instance().occurrenceListener(this);
		Loopguard.instance().ledgerThread().keepOutOfLog(KnownViolations.instance()::isKnown);
		Schedulers.onScheduleHook("loopguard-test", TestTracker::carry);
		this.problem = SelfCheck.run();
	}

	/**
	 * Returns why blocking calls are not detected.
	 * @return the reason and the remedy, or empty if they are detected
	 */
	public synchronized Optional<String> problem() {
		install();
		return (this.problem != null) ? this.problem : Optional.empty();
	}

	@Override
	public @Nullable Progress begun(OccurrenceCounter counter, RequestSource request) {
		Recording recording = current();
		return (recording != null) ? recording.begun(counter, request.current().route()) : null;
	}

	/**
	 * Returns the recording of what the current thread works for, or {@code null} if
	 * there is none.
	 */
	@Nullable Recording current() {
		Work work = CURRENT.get();
		return (work != null) ? work.recording() : this.running.recording();
	}

	/**
	 * Returns and removes the recordings of tests whose class has ended.
	 * @return recordings with their circumstances
	 */
	public List<Recordings> takeLeftovers() {
		List<Recordings> taken = new ArrayList<>();
		for (String test : List.copyOf(this.leftovers.keySet())) {
			Recording recording = this.leftovers.remove(test);
			if (recording != null) {
				taken.add(new Recordings("it happened after its test's class was over", test.isEmpty() ? null : test,
						List.of(recording)));
			}
		}
		return taken;
	}

	/**
	 * Returns the recording of a test whose class has ended. Called on event loops.
	 * @param test identifier of the test, or an empty string for its class
	 */
	Recording leftovers(String test) {
		Recording known = this.leftovers.get(test);
		return (known != null) ? known : this.leftovers.computeIfAbsent(test, (missing) -> newRecording());
	}

	/**
	 * Starts to track a class.
	 * @param name name in messages
	 * @return the class
	 */
	public TrackedClass begin(String name) {
		TrackedClass begun = new TrackedClass(name, this);
		change((running) -> running.with(begun, newRecording()));
		return begun;
	}

	/**
	 * Ends the tracking of a class.
	 * @param tracked the class
	 */
	public void end(TrackedClass tracked) {
		tracked.over();
		this.named.values().removeIf((test) -> test.owner() == tracked);
		change((running) -> running.without(tracked, newRecording()));
	}

	/**
	 * Starts to track a test on the current thread.
	 * @param name name in messages
	 * @param reference identifier that is the same in the next run
	 * @param owner its class
	 * @return the test
	 */
	public TrackedTest begin(String name, String reference, TrackedClass owner) {
		TrackedTest begun = new TrackedTest(name, reference, owner, this, CURRENT.get());
		this.named.put(begun.id(), begun);
		change((running) -> running.with(begun));
		CURRENT.set(begun);
		return begun;
	}

	/**
	 * Ends the tracking of a test.
	 * @param test the test
	 */
	public void end(TrackedTest test) {
		test.over();
		change((running) -> running.without(test));
		restore(test.previous());
	}

	/**
	 * Records that the current thread begins a test or a class that is not tracked.
	 */
	public void beginOther() {
		OTHERS.get().add(Optional.ofNullable(enter(Work.OF_OTHERS)));
		change((running) -> running.withOthers(1));
	}

	/**
	 * Records that the current thread has ended it.
	 */
	public void endOther() {
		List<Optional<Work>> previous = OTHERS.get();
		if (!previous.isEmpty()) {
			restore(previous.remove(previous.size() - 1).orElse(null));
		}
		change((running) -> running.withOthers(-1));
	}

	/**
	 * Ignores the tests and classes that the current thread has begun, while it does
	 * something else.
	 * @return their number
	 */
	int suspendOthers() {
		int others = OTHERS.get().size();
		resumeOthers(-others);
		return others;
	}

	void resumeOthers(int others) {
		change((running) -> running.withOthers(others));
	}

	/**
	 * Returns the identifier that requests of the current test carry.
	 * @return the identifier, or {@code null} if the current thread works for no test
	 */
	public @Nullable String currentTest() {
		return (CURRENT.get() instanceof TrackedTest test) ? test.id() : null;
	}

	/**
	 * Returns the work that a new request belongs to: that of the test it names, else the
	 * current thread's, else that of the only running test.
	 * @param id identifier of the test, or {@code null} if unknown
	 * @return the work of the request
	 */
	public RequestWork request(@Nullable String id) {
		Work named = (id != null) ? this.named.get(id) : null;
		Work current = CURRENT.get();
		return new RequestWork((named != null) ? named : (current != null) ? current : this.running.onlyTest());
	}

	Recording newRecording() {
		return new Recording(Loopguard.instance().ledger(), Loopguard.instance()::policy);
	}

	static @Nullable Work work() {
		return CURRENT.get();
	}

	static void run(Work work, Runnable task) {
		Work previous = enter(work);
		try {
			task.run();
		}
		finally {
			restore(previous);
		}
	}

	static @Nullable Work enter(@Nullable Work work) {
		Work previous = CURRENT.get();
		restore(work);
		return previous;
	}

	static void restore(@Nullable Work work) {
		if (work != null) {
			CURRENT.set(work);
		}
		else {
			CURRENT.remove();
		}
	}

	private static Runnable carry(Runnable task) {
		Work work = CURRENT.get();
		return (work != null) ? work.carry(task) : task;
	}

	private synchronized void change(UnaryOperator<Running> change) {
		Running next = change.apply(this.running);
		if (next.untied() != this.running.untied()) {
			next.classes().forEach((tracked) -> tracked.add(next.untied()));
		}
		this.running = next;
	}

}
