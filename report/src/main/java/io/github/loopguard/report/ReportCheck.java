package io.github.loopguard.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.Held;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.report.file.Names;

/**
 * Checks what the types of a report cannot say: that names are names, numbers can be
 * added, indexes refer to something, and nothing is there twice.
 */
final class ReportCheck {

	private static final long MOST = 1_000_000_000_000L;

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");

	private final Path file;

	private final String place;

	/**
	 * Creates an instance.
	 * @param file the file, for messages
	 * @param place place of the report in the file, empty if it is the whole file
	 */
	ReportCheck(Path file, String place) {
		this.file = file;
		this.place = place;
	}

	void check(Report report) {
		checkTotals(report.totals());
		each("rules", report.rules().stream().map(ReportedRule::id).toList(), (id) -> true, "the id of a rule");
		each("tests", report.tests(), Names::isTest, "a test, such as com.acme.OrderTests#rendersOrder");
		each("failed", report.failed(), Names::isTest, "a test, such as com.acme.OrderTests#rendersOrder");
		each("frames", report.frames(), Names::isPlain, "a frame of a stack");
		report.sources().forEach((className, path) -> {
			require(Names.isClass(className), "sources", className, "the name of a class");
			require(Names.isPath(path), "sources." + className, path, "a path from the root of the repository");
		});
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < report.violations().size(); i++) {
			ReportedViolation reported = report.violations().get(i);
			String at = "violations[" + i + "].";
			check(at, reported.violation());
			if (!ids.add(reported.id())) {
				throw problem(at + "id", "'" + reported.id() + "' is there twice");
			}
			checkTests(at + "tests", reported.tests());
			checkStacks(at + "stacks", reported.stacks(), report.frames().size());
			count(at + "otherStacks", reported.otherStacks());
		}
	}

	private void checkTotals(ReportTotals totals) {
		count("totals.violations", totals.violations());
		count("totals.occurrences", totals.occurrences());
		count("totals.tolerated", totals.tolerated());
		count("totals.unnamed", totals.unnamed());
		count("totals.tests", totals.tests());
	}

	private void check(String at, Violation violation) {
		require(ID.matcher(violation.id()).matches(), at + "id", violation.id(), "12 hexadecimal digits");
		count(at + "count", violation.count());
		count(at + "heldBack", violation.heldBack());
		count(at + "prevented", violation.prevented());
		checkHeld(at + "held", violation.held());
		checkWaited(at + "waited", violation.waited());
		atMost(at + "threads", violation.threads(), Violation.MAX_THREADS);
		Site site = violation.site();
		if (site != null) {
			checkFrame(at + "site", site.frame());
			atMost(at + "site.lines", site.lines().keySet().stream().toList(), Site.MAX_LINES + 1);
			site.lines().forEach((line, count) -> count(at + "site.lines." + line, count));
		}
		checkFrame(at + "offender", (violation.offender() != null) ? violation.offender().frame() : null);
		checkFrame(at + "assemblySite", violation.assemblySite());
	}

	private void checkFrame(String at, @Nullable Frame frame) {
		if (frame != null) {
			String method = frame.methodName();
			String fileName = frame.fileName();
			require(Names.isClass(frame.className()), at + ".className", frame.className(), "the name of a class");
			require(method == null || Names.isMethod(method), at + ".methodName", method, "the name of a method");
			require(fileName == null || Names.isPlain(fileName), at + ".fileName", fileName, "the name of a file");
		}
	}

	private void checkTests(String at, List<ReportedTest> tests) {
		each(at, tests.stream().map(ReportedTest::name).toList(), Names::isTestOrClass, "a test or its class");
		for (ReportedTest test : tests) {
			count(at + ".count", test.count());
			duration(at + ".held", test.held());
			String source = test.source();
			require(source == null || Names.isPath(source), at + ".source", source,
					"a path from the root of the repository");
		}
	}

	private void checkStacks(String at, List<ReportedStack> stacks, int frames) {
		atMost(at, stacks, CollectedViolation.STACKS);
		for (ReportedStack stack : stacks) {
			atMost(at + ".frames", stack.frames(), CollectedViolation.FRAMES);
			for (int frame : stack.frames()) {
				if (frame < 0 || frame >= frames) {
					throw problem(at + ".frames", frame + " refers to a frame that is not listed");
				}
			}
			count(at + ".count", stack.count());
			duration(at + ".held", stack.held());
		}
	}

	private void checkWaited(String at, Waited waited) {
		count(at + ".tasks", (waited.tasks() != null) ? waited.tasks() : 0);
		count(at + ".requests", (waited.requests() != null) ? waited.requests() : 0);
		atMost(at + ".routes", waited.routes(), Waited.MAX_ROUTES);
		if (waited.total() != null) {
			duration(at + ".total", waited.total());
		}
		waited.timeouts().forEach((kind, count) -> count(at + ".timeouts." + kind, count));
	}

	private void checkHeld(String at, Held held) {
		count(at + ".count", held.count());
		duration(at + ".total", held.total());
		duration(at + ".max", held.max());
		if (held.p99() != null) {
			duration(at + ".p99", held.p99());
		}
	}

	private void each(String at, List<String> names, Predicate<String> isValid, String expected) {
		Set<String> known = new HashSet<>();
		for (String name : names) {
			require(isValid.test(name), at, name, expected);
			if (!known.add(name)) {
				throw problem(at, "'" + name + "' is there twice");
			}
		}
	}

	private void atMost(String at, List<?> list, int most) {
		if (list.size() > most) {
			throw problem(at, "has " + list.size() + " elements, and the limit is " + most);
		}
	}

	private void count(String at, long count) {
		if (count < 0 || count > MOST) {
			throw problem(at, count + " is not between 0 and " + MOST);
		}
	}

	private void duration(String at, Duration duration) {
		if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
			throw problem(at, duration + " is negative or longer than 100 years");
		}
	}

	private void require(boolean isValid, String at, @Nullable String name, String expected) {
		if (!isValid) {
			throw problem(at, "'" + name + "' is not " + expected);
		}
	}

	private UnreadableReportException problem(String at, String problem) {
		return new UnreadableReportException(
				this.file + " is not a complete report: " + this.place + at + ": " + problem);
	}

}
