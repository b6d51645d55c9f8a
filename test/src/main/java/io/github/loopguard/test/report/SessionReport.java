package io.github.loopguard.test.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Violation;
import io.github.loopguard.report.GitHubOutput;
import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportBuilder;
import io.github.loopguard.report.ReportDirectory;
import io.github.loopguard.report.ReportFormat;
import io.github.loopguard.report.SourceFinder;
import io.github.loopguard.test.setting.Settings;

/**
 * The report of this JVM, written at the end of the session. If it cannot be written, a
 * message is printed and no test fails.
 */
public final class SessionReport {

	private static final SessionReport INSTANCE = new SessionReport(Settings.ofThisJvm(), System.out);

	private final Settings settings;

	private final PrintStream out;

	private final Map<String, ReportBuilder> classes = new TreeMap<>();

	private @Nullable SourceFinder sources;

	SessionReport(Settings settings, PrintStream out) {
		this.settings = settings;
		this.out = out;
	}

	/**
	 * Returns the only instance.
	 * @return the report of this JVM
	 */
	public static SessionReport instance() {
		return INSTANCE;
	}

	/**
	 * Records that a test was tracked.
	 * @param test its class and method
	 * @param failed whether it failed for a reason of its own
	 */
	public synchronized void tracked(String test, boolean failed) {
		ReportBuilder report = classOf(test).tracked(test);
		if (failed) {
			report.failed(test);
		}
	}

	/**
	 * Adds a violation of a test.
	 * @param violation the violation
	 * @param test class and method, or the class alone
	 * @param tolerated why it is tolerated, or {@code null} if it is not
	 * @param stack stack of an occurrence
	 */
	public synchronized void add(Violation violation, String test, @Nullable String tolerated,
			List<StackTraceElement> stack) {
		classOf(test).add(violation, test, tolerated, stack, sources());
	}

	/**
	 * Records occurrences that belong to no violation, because the ledger was full.
	 * @param occurrences their number
	 * @param test class and method, or the class alone
	 */
	public synchronized void unnamed(long occurrences, String test) {
		classOf(test).unnamed(occurrences);
	}

	/**
	 * Writes what was added since the last time, if any test was tracked.
	 */
	public synchronized void write() {
		if (this.classes.isEmpty()) {
			return;
		}
		ReportSettings settings = ReportSettings.of(this.settings);
		settings.problems().forEach(this::print);
		Map<String, Report> reports = new TreeMap<>();
		this.classes.forEach((testClass, builder) -> reports.put(testClass, builder.build(Instant.now())));
		this.classes.clear();
		if (!settings.formats().isEmpty()) {
			write(settings, reports);
		}
		if ("true".equals(this.settings.environment().get("GITHUB_ACTIONS"))) {
			writeGitHubOutput(reports);
		}
	}

	private void write(ReportSettings settings, Map<String, Report> reports) {
		ReportDirectory directory = new ReportDirectory(settings.directory(), BuildRun.name(this.settings),
				this::print);
		try {
			Report all = directory.add(reports, settings.formats());
			if (!all.violations().isEmpty()) {
				ReportFormat format = settings.formats().contains(ReportFormat.HTML) ? ReportFormat.HTML
						: settings.formats().iterator().next();
				print(all.violations().size() + ((all.violations().size() == 1) ? " violation" : " violations") + ", "
						+ all.totals().tolerated() + " of them tolerated: "
						+ settings.directory().toAbsolutePath().normalize().resolve(format.fileName()).toUri());
			}
		}
		catch (IOException | RuntimeException ex) {
			print("the reports could not be written to " + settings.directory().toAbsolutePath() + ": " + ex
					+ ". This does not affect the result of the tests. Set loopguard.report.location to another "
					+ "directory, or loopguard.report.formats=none to write no reports");
		}
	}

	private void writeGitHubOutput(Map<String, Report> reports) {
		ReportBuilder builder = new ReportBuilder();
		reports.values().forEach(builder::add);
		Report report = builder.build(Instant.now());
		GitHubOutput.annotations(report).forEach(this.out::println);
		String file = this.settings.environment().get("GITHUB_STEP_SUMMARY");
		String summary = GitHubOutput.summary(report);
		if (file != null && !file.isBlank() && !summary.isEmpty()) {
			try {
				Files.writeString(Path.of(file), summary, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			}
			catch (IOException | RuntimeException ex) {
				print("the summary could not be added to " + file + ": " + ex);
			}
		}
	}

	private void print(String message) {
		this.out.println(Violation.printable("Loopguard: " + message));
	}

	private ReportBuilder classOf(String test) {
		int hash = test.indexOf('#');
		return this.classes.computeIfAbsent((hash < 0) ? test : test.substring(0, hash),
				(name) -> new ReportBuilder().module(sources().module()).version(version()));
	}

	private SourceFinder sources() {
		SourceFinder known = this.sources;
		if (known == null) {
			known = SourceFinder.of(this.settings.module(),
					this.settings.properties().getProperty("java.class.path", ""));
			this.sources = known;
		}
		return known;
	}

	private static @Nullable String version() {
		return Report.class.getPackage().getImplementationVersion();
	}

}
