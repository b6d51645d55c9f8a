package com.example.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.runtime.Loopguard;

/**
 * Runs a program and compares what Loopguard reports with the truth.
 */
final class Program {

	private static final Duration TOLERANCE = Duration.ofMillis(5);

	private static final int TRIALS = 10;

	private final Node root;

	private final Truth truth;

	private final Map<Node, Probe> probes = new IdentityHashMap<>();

	private final AtomicInteger pending = new AtomicInteger(1);

	private final CountDownLatch done = new CountDownLatch(1);

	private long occurrences;

	private final Mode mode;

	private Program(Node root, Mode mode) {
		this.root = root;
		this.mode = mode;
		this.truth = new Truth(root, mode);
	}

	/**
	 * Runs a program. The time that Loopguard itself takes is in what the program
	 * measures, and is long if the machine stands still meanwhile. So the time of a
	 * violation is only wrong if it differs whenever the program runs; all else is if it
	 * differs once.
	 */
	static Outcome run(Node root, Mode mode) {
		mode.set();
		Outcome outcome = new Program(root, mode).run();
		for (int i = 1; i < TRIALS && outcome.onlyHeldDiffers(); i++) {
			Outcome next = new Program(root, mode).run();
			next.heldFaults().keySet().retainAll(outcome.heldFaults().keySet());
			outcome = next;
		}
		return outcome;
	}

	private Outcome run() {
		Ledger ledger = Loopguard.instance().ledger();
		ledger.clear();
		long allowed = Mode.allowed();
		Code code = make(this.root);
		try {
			code.go();
		}
		catch (Throwable ex) {
			Thread.interrupted();
		}
		finish();
		List<String> faults = new ArrayList<>();
		if (!await()) {
			faults.add("it does not end");
		}
		Map<ViolationKey, String> heldFaults = compare(ledger.violations(), Mode.allowed() - allowed, faults);
		return new Outcome(faults, heldFaults, this.occurrences);
	}

	private boolean await() {
		try {
			return this.done.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void finish() {
		if (this.pending.decrementAndGet() == 0) {
			this.done.countDown();
		}
	}

	private Code make(Node node) {
		List<Code> parts = new ArrayList<>();
		for (Node part : node.parts()) {
			Code code = make(part);
			parts.add((node.shape().hop() != null) ? () -> later(code) : code);
		}
		Probe probe = new Probe(node.number(), node.shape().mayNotWait());
		Object made = node.shape().make(node.owner(), parts, node.number(), probe);
		boolean loop = this.truth.isOnLoop(node);
		if (!node.shape().blocks().isEmpty()) {
			this.probes.put(node, probe);
			Call call = (made instanceof Code code) ? code::go : (Call) made;
			return () -> measure(probe, call, loop);
		}
		return (node.shape().hop() != null) ? () -> start((Code) made) : (Code) made;
	}

	private void start(Code code) {
		this.pending.incrementAndGet();
		code.go();
	}

	private void later(Code code) {
		try {
			code.go();
		}
		catch (Throwable ex) {
			Thread.onSpinWait();
		}
		finally {
			Thread.interrupted();
			finish();
		}
	}

	private static void measure(Probe probe, Call call, boolean loop) {
		try {
			probe.measure(call, loop);
		}
		catch (Exception ex) {
			Program.<RuntimeException>rethrow(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void rethrow(Exception failure) throws T {
		throw (T) failure;
	}

	/**
	 * Compares. What differs goes to the faults, except for times.
	 * @return what differs in times
	 */
	private Map<ViolationKey, String> compare(List<Violation> violations, long allowed, List<String> faults) {
		Map<ViolationKey, Sum> expected = new TreeMap<>();
		Set<ViolationKey> uncertain = new HashSet<>();
		long expectedAllowed = 0;
		for (Map.Entry<Node, Probe> entry : this.probes.entrySet()) {
			Probe probe = entry.getValue();
			if (probe.hasStrayed()) {
				faults.add(entry.getKey() + " does not run where it should");
			}
			List<Truth.Expected> calls = this.truth.of(entry.getKey());
			if (entry.getKey().shape().isUncertain()) {
				calls.forEach((call) -> uncertain.add(call.key()));
				continue;
			}
			for (Truth.Expected call : calls) {
				this.occurrences += probe.count();
				if (call.allowed()) {
					expectedAllowed += probe.count();
				}
				else if (probe.count() > 0) {
					expected.computeIfAbsent(call.key(), (key) -> new Sum(call.origin().name()))
						.add(probe, calls.size() == 1);
				}
			}
		}
		Map<ViolationKey, String> heldFaults = new TreeMap<>();
		for (Violation violation : violations) {
			Sum sum = expected.remove(violation.key());
			if (sum != null) {
				sum.compare(violation, faults, heldFaults);
				if (this.mode == Mode.FAILING && violation.prevented() + violation.heldBack() != violation.count()) {
					faults.add("prevented: " + violation.key() + ", " + violation.prevented() + " times, and "
							+ violation.heldBack() + " held back");
				}
			}
			else if (!isOfOthers(violation) && !uncertain.contains(violation.key())) {
				String fault = "unexpected: " + violation.key() + ", " + violation.count() + " times";
				if (isOfOthersIfSlow(violation)) {
					heldFaults.put(violation.key(), fault);
				}
				else {
					faults.add(fault);
				}
			}
		}
		expected.forEach((key, sum) -> faults.add("missing: " + key + ", " + sum.count + " times"));
		if (allowed != expectedAllowed) {
			faults.add("allowed: " + allowed + " instead of " + expectedAllowed);
		}
		return heldFaults;
	}

	/**
	 * Returns whether a violation is none of the program's: a class that is loaded when
	 * it is first needed, or the lock of a queue that two threads wanted at the same
	 * moment.
	 */
	private static boolean isOfOthers(Violation violation) {
		return violation.rule().equals("class-loading") || (violation.rule().equals("thread-park")
				&& violation.held().max().compareTo(Duration.ofMillis(1)) < 0);
	}

	/**
	 * Returns whether a violation may be none of the program's, as if it was shorter: who
	 * had the lock of a queue was stopped.
	 */
	private boolean isOfOthersIfSlow(Violation violation) {
		String call = violation.rule() + " " + violation.api();
		return violation.rule().equals("thread-park")
				&& this.probes.keySet().stream().noneMatch((it) -> it.shape().blocks().contains(call));
	}

	/**
	 * What is expected of one violation.
	 */
	private static final class Sum {

		private final String origin;

		private long count;

		private long held;

		private boolean timed = true;

		Sum(String origin) {
			this.origin = origin;
		}

		void add(Probe probe, boolean alone) {
			this.count += probe.count();
			this.held += probe.held();
			this.timed &= alone;
		}

		void compare(Violation violation, List<String> faults, Map<ViolationKey, String> heldFaults) {
			if (violation.count() != this.count || violation.held().count() != this.count) {
				faults.add("counted: " + violation.key() + ", " + violation.count() + " times, "
						+ violation.held().count() + " ended, instead of " + this.count);
			}
			if (violation.site() != null
					&& violation.site().lines().values().stream().mapToLong(Long::longValue).sum() != this.count) {
				faults.add("lines: " + violation.key() + ", " + violation.site().lines());
			}
			if (!violation.origin().name().equals(this.origin)) {
				faults.add("origin: " + violation.key() + ", " + violation.origin() + " instead of " + this.origin);
			}
			long nanos = violation.held().total().toNanos();
			if (nanos > this.held) {
				faults.add("held longer than it took: " + violation.key() + ", " + violation.held().total()
						+ " instead of " + Duration.ofNanos(this.held));
			}
			else if (this.timed && this.held - nanos > TOLERANCE.toNanos() * this.count) {
				heldFaults.put(violation.key(), "held: " + violation.key() + ", " + violation.held().total()
						+ " instead of " + Duration.ofNanos(this.held));
			}
		}

	}

	/**
	 * What came of a program.
	 *
	 * @param faults wrong violations and counts
	 * @param heldFaults wrong times by violation
	 * @param occurrences number of calls that blocked an event loop
	 */
	record Outcome(List<String> faults, Map<ViolationKey, String> heldFaults, long occurrences) {

		boolean isRight() {
			return this.faults.isEmpty() && this.heldFaults.isEmpty();
		}

		boolean onlyHeldDiffers() {
			return this.faults.isEmpty() && !this.heldFaults.isEmpty();
		}

		@Override
		public String toString() {
			List<String> all = new ArrayList<>(this.faults);
			all.addAll(this.heldFaults.values());
			return String.join("; ", all);
		}

	}

}
