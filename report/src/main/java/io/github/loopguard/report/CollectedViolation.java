package io.github.loopguard.report;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Held;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;

/**
 * One violation with its sums over all tests.
 */
final class CollectedViolation {

	static final int STACKS = 16;

	static final int FRAMES = 256;

	private static final int LINES = 16;

	private static final String OTHER_LINES = "other";

	private static final int THREADS = 8;

	private final Map<String, ReportedTest> tests = new TreeMap<>();

	private final Map<List<String>, StackSum> stacks = new LinkedHashMap<>();

	private Violation violation;

	private long otherStacks;

	CollectedViolation(Violation violation) {
		this.violation = violation;
	}

	void add(Violation other) {
		Violation one = this.violation;
		Action action = (one.action().compareTo(other.action()) >= 0) ? one.action() : other.action();
		this.violation = new Violation(one.id(), one.rule(), one.api(), union(one.detectors(), other.detectors()),
				one.origin(), action, first(one.owner(), other.owner()), null, add(one.site(), other.site()),
				first(one.offender(), other.offender()), first(one.assemblySite(), other.assemblySite()),
				one.count() + other.count(), earlier(one, other).firstSeen(),
				one.lastSeen().isAfter(other.lastSeen()) ? one.lastSeen() : other.lastSeen(),
				one.heldBack() + other.heldBack(), one.prevented() + other.prevented(), add(one.held(), other.held()),
				one.waited().plus(other.waited()),
				union(one.threads(), other.threads()).stream().limit(THREADS).toList(),
				first(one.route(), other.route()), null, one.docs(), one.fix(), one.formerKeys(),
				union(one.resources(), other.resources()).stream().limit(Violation.MAX_RESOURCES).toList());
	}

	void add(ReportedTest test) {
		ReportedTest known = this.tests.get(test.name());
		this.tests.put(test.name(), (known == null) ? test : add(known, test));
	}

	void add(List<String> stack, long count, Duration held) {
		if (stack.isEmpty()) {
			this.otherStacks += count;
			return;
		}
		List<String> kept = (stack.size() <= FRAMES) ? stack : stack.subList(0, FRAMES);
		StackSum sum = this.stacks.get(kept);
		if (sum == null && this.stacks.size() == STACKS) {
			this.otherStacks += count;
		}
		else {
			this.stacks.put(List.copyOf(kept), (sum == null) ? new StackSum(count, held) : sum.plus(count, held));
		}
	}

	void addOtherStacks(long count) {
		this.otherStacks += count;
	}

	/**
	 * Returns the violation for the report.
	 * @param frames indexes by frame, to which new frames are added
	 */
	ReportedViolation report(Map<String, Integer> frames) {
		List<ReportedStack> stacks = this.stacks.entrySet()
			.stream()
			.map((entry) -> entry.getValue().report(places(entry.getKey(), frames)))
			.sorted(Comparator.comparing(ReportedStack::held).reversed())
			.toList();
		return new ReportedViolation(withReason(this.violation, tolerated()), List.copyOf(this.tests.values()), stacks,
				this.otherStacks);
	}

	/**
	 * Returns the reasons of all tests, or {@code null} if one does not tolerate it.
	 */
	private @Nullable String tolerated() {
		if (this.tests.values().stream().anyMatch((test) -> test.tolerated() == null)) {
			return null;
		}
		return this.tests.values()
			.stream()
			.flatMap((test) -> Stream.ofNullable(test.tolerated()))
			.distinct()
			.collect(Collectors.joining("; "));
	}

	private static Violation withReason(Violation it, @Nullable String tolerated) {
		return new Violation(it.id(), it.rule(), it.api(), it.detectors(), it.origin(), it.action(), it.owner(),
				tolerated, it.site(), it.offender(), it.assemblySite(), it.count(), it.firstSeen(), it.lastSeen(),
				it.heldBack(), it.prevented(), it.held(), it.waited(), it.threads(), it.route(), it.traceId(),
				it.docs(), it.fix(), it.formerKeys(), it.resources());
	}

	private static List<Integer> places(List<String> stack, Map<String, Integer> frames) {
		return new IndexList(
				stack.stream().mapToInt((frame) -> frames.computeIfAbsent(frame, (key) -> frames.size())).toArray());
	}

	private static ReportedTest add(ReportedTest one, ReportedTest other) {
		String tolerated = (one.tolerated() != null && other.tolerated() != null) ? one.tolerated() : null;
		return new ReportedTest(one.name(), one.count() + other.count(), one.held().plus(other.held()), tolerated,
				first(one.source(), other.source()));
	}

	private static Held add(Held one, Held other) {
		return new Held(one.count() + other.count(), one.total().plus(other.total()),
				(one.max().compareTo(other.max()) >= 0) ? one.max() : other.max(), null);
	}

	private static @Nullable Site add(@Nullable Site one, @Nullable Site other) {
		if (one == null || other == null) {
			return first(one, other);
		}
		Map<String, Long> lines = new TreeMap<>(one.lines());
		other.lines().forEach((line, count) -> {
			boolean hasPlace = lines.containsKey(line) || lines.size() < LINES;
			lines.merge(hasPlace ? line : OTHER_LINES, count, Long::sum);
		});
		long ones = one.lines().getOrDefault(String.valueOf(one.lineNumber()), 0L);
		long others = other.lines().getOrDefault(String.valueOf(other.lineNumber()), 0L);
		return new Site(one.className(), one.methodName(), first(one.fileName(), other.fileName()),
				(ones >= others) ? one.lineNumber() : other.lineNumber(), lines);
	}

	private static Violation earlier(Violation one, Violation other) {
		return one.firstSeen().isBefore(other.firstSeen()) ? one : other;
	}

	private static List<String> union(List<String> one, List<String> other) {
		TreeSet<String> union = new TreeSet<>(one);
		union.addAll(other);
		return List.copyOf(union);
	}

	private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
		return (one != null) ? one : other;
	}

	/**
	 * What happened on one stack.
	 */
	private record StackSum(long count, Duration held) {

		StackSum plus(long count, Duration held) {
			return new StackSum(this.count + count, this.held.plus(held));
		}

		ReportedStack report(List<Integer> frames) {
			return new ReportedStack(frames, this.count, this.held);
		}

	}

}
