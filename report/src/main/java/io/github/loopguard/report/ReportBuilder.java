package io.github.loopguard.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.catalog.RulePages;

/**
 * Builds a report by adding the violations of tests, or other reports.
 *
 * @since 0.1
 */
public final class ReportBuilder {

	private static final Comparator<ReportedViolation> MOST_HELD = Comparator
		.comparing((ReportedViolation reported) -> reported.violation().held().total())
		.reversed()
		.thenComparing(ReportedViolation::id);

	private final Map<String, CollectedViolation> collected = new TreeMap<>();

	private final TreeSet<String> tests = new TreeSet<>();

	private final TreeSet<String> failed = new TreeSet<>();

	private final Map<String, ReportedRule> rules = new TreeMap<>();

	private final Map<String, String> sources = new TreeMap<>();

	private final TreeSet<String> modules = new TreeSet<>();

	private final TreeSet<String> versions = new TreeSet<>();

	private boolean anyModuleUnknown;

	private long unnamed;

	/**
	 * Sets the module of the report.
	 * @param module its path from the root of the repository, or {@code null} if unknown
	 * @return this
	 */
	public ReportBuilder module(@Nullable String module) {
		if (module != null) {
			this.modules.add(module);
		}
		else {
			this.anyModuleUnknown = true;
		}
		return this;
	}

	/**
	 * Sets the version of Loopguard.
	 * @param version the version, or {@code null} if unknown
	 * @return this
	 */
	public ReportBuilder version(@Nullable String version) {
		if (version != null) {
			this.versions.add(version);
		}
		return this;
	}

	/**
	 * Records that a test was tracked.
	 * @param test its class and method
	 * @return this
	 */
	public ReportBuilder tracked(String test) {
		this.tests.add(test);
		return this;
	}

	/**
	 * Records that a test failed for a reason of its own.
	 * @param test its class and method
	 * @return this
	 */
	public ReportBuilder failed(String test) {
		this.failed.add(test);
		return this;
	}

	/**
	 * Records occurrences that belong to no violation.
	 * @param occurrences their number
	 * @return this
	 */
	public ReportBuilder unnamed(long occurrences) {
		this.unnamed += occurrences;
		return this;
	}

	/**
	 * Adds a violation of a test.
	 * @param violation the violation, with the occurrences in this test
	 * @param test name of the test
	 * @param tolerated why it is tolerated, or {@code null} if it is not
	 * @param stack stack of an occurrence, from the blocking call outwards
	 * @param sources finds source files
	 * @return this
	 */
	public ReportBuilder add(Violation violation, String test, @Nullable String tolerated,
			List<StackTraceElement> stack, SourceFinder sources) {
		CollectedViolation collected = collected(violation);
		Duration held = violation.held().total();
		String testClass = test.contains("#") ? test.substring(0, test.indexOf('#')) : test;
		collected.add(new ReportedTest(test, violation.count(), held, tolerated, sources.find(testClass, null)));
		collected.add(stack.stream().map(StackTraceElement::toString).toList(), violation.count(), held);
		stack.forEach((frame) -> source(sources, frame.getClassName(), frame.getFileName()));
		if (violation.site() != null) {
			source(sources, violation.site().className(), violation.site().fileName());
		}
		if (violation.offender() != null) {
			source(sources, violation.offender().className(), violation.offender().fileName());
		}
		this.rules.computeIfAbsent(violation.rule(), ReportBuilder::describe);
		return this;
	}

	/**
	 * Adds another report.
	 * @param report the report
	 * @return this
	 */
	public ReportBuilder add(Report report) {
		module(report.module());
		version(report.loopguard());
		this.tests.addAll(report.tests());
		this.failed.addAll(report.failed());
		this.sources.putAll(report.sources());
		report.rules().forEach((rule) -> this.rules.put(rule.id(), rule));
		this.unnamed += report.totals().unnamed();
		for (ReportedViolation reported : report.violations()) {
			CollectedViolation collected = collected(reported.violation());
			reported.tests().forEach(collected::add);
			reported.stacks()
				.forEach((stack) -> collected.add(stack.frames().stream().map(report.frames()::get).toList(),
						stack.count(), stack.held()));
			collected.addOtherStacks(reported.otherStacks());
		}
		return this;
	}

	/**
	 * Builds the report.
	 * @param created time of the report
	 * @return the report
	 */
	public Report build(Instant created) {
		Map<String, Integer> frames = new LinkedHashMap<>();
		List<ReportedViolation> violations = this.collected.values()
			.stream()
			.map((violation) -> violation.report(frames))
			.sorted(MOST_HELD)
			.toList();
		ReportTotals totals = new ReportTotals(violations.size(),
				violations.stream().mapToLong(ReportedViolation::count).sum(),
				violations.stream().filter((it) -> it.tolerated() != null).count(), this.unnamed, this.tests.size());
		return new Report(Report.SCHEMA, onlyOne(this.versions), this.anyModuleUnknown ? null : onlyOne(this.modules),
				created, totals, List.copyOf(this.rules.values()), List.copyOf(this.tests), List.copyOf(this.failed),
				violations, new ArrayList<>(frames.keySet()), new HashMap<>(this.sources));
	}

	private CollectedViolation collected(Violation violation) {
		CollectedViolation known = this.collected.get(violation.id());
		if (known == null) {
			known = new CollectedViolation(violation);
			this.collected.put(violation.id(), known);
		}
		else {
			known.add(violation);
		}
		return known;
	}

	private void source(SourceFinder sources, String className, @Nullable String fileName) {
		String source = sources.find(className, fileName);
		if (source != null) {
			this.sources.put(className, source);
		}
	}

	private static ReportedRule describe(String id) {
		Rule rule = Catalog.shipped()
			.find(id)
			.orElse(new Rule(id, "a call of the rule " + id, List.of(), "", "", Map.of(), Duration.ZERO));
		return new ReportedRule(id, rule.title(), rule.fix(), Pages.ALL.find(id));
	}

	private static @Nullable String onlyOne(TreeSet<String> values) {
		return (values.size() == 1) ? values.first() : null;
	}

	/**
	 * Read when the first violation is reported.
	 */
	private static final class Pages {

		static final RulePages ALL = new RulePages();

	}

}
