package io.github.loopguard.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Violation;

/**
 * The violations that are not tolerated in SARIF 2.1.0, with the properties that code
 * scanning reads. Tolerated violations are omitted, because GitHub ignores SARIF's
 * suppressions.
 */
final class SarifLog {

	private static final String SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
			+ "sarif-schema-2.1.0.json";

	private static final String ROOT = "%SRCROOT%";

	private static final Pattern LINK_TO_PAGE = Pattern.compile("\\[([^\\[\\]]+)\\]\\((?!https?:)[^()\\n]*\\)");

	/** GitHub shows no more. */
	private static final int RESULTS = 5_000;

	/**
	 * Frames in all results: SARIF repeats a frame in each stack. The violations that
	 * held loops longest come first.
	 */
	private static final int FRAMES = 50_000;

	private final Report report;

	private final List<ReportedViolation> violations;

	/** Addresses of the rules' pages, as far as there is a site. */
	private final Map<String, Optional<String>> pages = new HashMap<>();

	private final Map<String, Integer> indexes = new HashMap<>();

	/** Frames that may still be written. */
	private int frames = FRAMES;

	private SarifLog(Report report) {
		this.report = report;
		this.violations = report.untolerated();
		for (ReportedViolation reported : this.violations) {
			Optional<String> page = Optional.of(reported.violation().docs()).filter(SarifLog::isAddress);
			this.pages.merge(reported.violation().rule(), page, (one, other) -> one.isPresent() ? one : other);
		}
	}

	static void write(Report report, OutputStream out) throws IOException {
		SarifLog log = new SarifLog(report);
		Map<String, Object> root = object("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(log.run()));
		ReportJson.write(ReportJson.PRETTY, root, out);
		out.write('\n');
	}

	private Map<String, Object> run() {
		String module = this.report.module();
		String id = "loopguard/" + ((module == null || module.isEmpty()) ? "" : module + "/");
		return object("tool", object("driver", driver()), "automationDetails", object("id", id), "originalUriBaseIds",
				object(ROOT, object("description", text("The root of the repository"))), "columnKind", "utf16CodeUnits",
				"results", this.violations.stream().limit(RESULTS).map(this::result).iterator());
	}

	private Map<String, Object> driver() {
		List<Map<String, Object>> described = new ArrayList<>();
		for (ReportedRule rule : this.report.rules()) {
			if (this.pages.containsKey(rule.id())) {
				this.indexes.put(rule.id(), described.size());
				described.add(rule(rule));
			}
		}
		Map<String, Object> driver = object("name", "Loopguard", "rules", described);
		if (this.report.loopguard() != null) {
			driver.put("version", this.report.loopguard());
		}
		return driver;
	}

	private Map<String, Object> rule(ReportedRule rule) {
		Map<String, Object> described = object("id", rule.id(), "name", rule.id(), "shortDescription",
				text("Event loop held by " + lowerCase(rule.title())), "fullDescription",
				text("An event loop serves many requests in turn; while it was held by " + lowerCase(rule.title())
						+ ", none of them went on."),
				"help", object("text", help(rule, ""), "markdown", help(rule, "**")), "defaultConfiguration",
				object("level", "warning"), "properties", object("tags", List.of("performance", "reactive")));
		this.pages.getOrDefault(rule.id(), Optional.empty()).ifPresent((page) -> described.put("helpUri", page));
		return described;
	}

	/**
	 * Returns the fix and the documentation of a rule, without links to other pages,
	 * which code scanning cannot open.
	 */
	private static String help(ReportedRule rule, String bold) {
		String page = (rule.text() != null) ? "\n\n" + LINK_TO_PAGE.matcher(rule.text()).replaceAll("$1") : "";
		return bold + "What to do instead:" + bold + " " + rule.fix() + page;
	}

	private Map<String, Object> result(ReportedViolation reported) {
		Violation violation = reported.violation();
		Map<String, Object> result = object("ruleId", violation.rule(), "ruleIndex",
				this.indexes.getOrDefault(violation.rule(), -1), "level",
				(violation.action() == Action.FAIL) ? "error" : "warning", "message",
				text(ReportText.sentence(reported)), "partialFingerprints",
				object("loopguardViolation/v1", violation.id(), "primaryLocationLineHash", violation.id() + ":1"),
				"occurrenceCount", Math.max(1, reported.concernedCount()));
		Map<String, Object> location = location(reported);
		if (location != null) {
			result.put("locations", List.of(location));
		}
		List<ReportedStack> stacks = reported.stacks().stream().filter(this::fits).toList();
		List<Map<String, Object>> flows = stacks.stream().map(this::codeFlow).filter((it) -> !it.isEmpty()).toList();
		if (!flows.isEmpty()) {
			result.put("codeFlows", flows);
		}
		if (!stacks.isEmpty()) {
			result.put("stacks", stacks.stream().map(this::stack).toList());
		}
		return result;
	}

	/**
	 * Returns whether the frames of a stack can be written, and takes account of them.
	 */
	private boolean fits(ReportedStack stack) {
		boolean fits = stack.frames().size() <= this.frames;
		this.frames -= fits ? stack.frames().size() : 0;
		return fits;
	}

	/**
	 * Returns where code scanning shows a violation.
	 */
	private @Nullable Map<String, Object> location(ReportedViolation violation) {
		SourceLocation location = SourceLocation.of(this.report, violation);
		return (location != null) ? object("physicalLocation", physical(location)) : null;
	}

	/**
	 * Returns the frames that lead to the blocking call and have a source in the
	 * repository.
	 */
	private Map<String, Object> codeFlow(ReportedStack stack) {
		List<Map<String, Object>> steps = new ArrayList<>();
		for (int i = stack.frames().size() - 1; i >= 0; i--) {
			StackFrameText frame = StackFrameText.parse(this.report.frames().get(stack.frames().get(i)));
			SourceLocation location = frame.location(this.report);
			if (location != null) {
				steps.add(object("location", object("physicalLocation", physical(location), "message",
						text(Violation.printable(frame.method())))));
			}
		}
		return steps.isEmpty() ? Map.of() : object("threadFlows", List.of(object("locations", steps)));
	}

	private Map<String, Object> stack(ReportedStack stack) {
		List<Map<String, Object>> frames = stack.frames().stream().map((index) -> {
			StackFrameText frame = StackFrameText.parse(this.report.frames().get(index));
			SourceLocation location = frame.location(this.report);
			Map<String, Object> place = object("logicalLocations",
					List.of(object("fullyQualifiedName", frame.method(), "kind", "function")), "message",
					text(Violation.printable(frame.text())));
			if (location != null) {
				place.put("physicalLocation", physical(location));
			}
			return object("location", place);
		}).toList();
		return object("message",
				text(ReportText.times(stack.count()) + ", " + ReportText.duration(stack.held()) + " in all"), "frames",
				frames);
	}

	private static boolean isAddress(String docs) {
		return docs.startsWith("https://") || docs.startsWith("http://");
	}

	private static Map<String, Object> physical(SourceLocation location) {
		return object("artifactLocation", object("uri", ReportText.uri(location.path()), "uriBaseId", ROOT), "region",
				object("startLine", Math.max(1, location.line())));
	}

	private static Map<String, Object> text(String text) {
		return object("text", text);
	}

	private static String lowerCase(String title) {
		boolean isWord = title.length() > 1 && Character.isLowerCase(title.charAt(1));
		return isWord ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
	}

	private static Map<String, Object> object(Object... pairs) {
		Map<String, Object> object = new LinkedHashMap<>();
		IntStream.range(0, pairs.length / 2).forEach((i) -> object.put((String) pairs[2 * i], pairs[2 * i + 1]));
		return object;
	}

}
