package io.github.loopguard.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

	private static final Pattern LINK_TO_PAGE = Pattern.compile("\\[([^\\]]+)\\]\\((?!https?:)[^)]*\\)");

	private final Report report;

	private final List<String> rules;

	private SarifLog(Report report) {
		this.report = report;
		List<String> violated = report.untolerated().stream().map((reported) -> reported.violation().rule()).toList();
		this.rules = report.rules().stream().map(ReportedRule::id).filter(violated::contains).toList();
	}

	static String write(Report report) {
		SarifLog log = new SarifLog(report);
		Map<String, Object> root = object("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(log.run()));
		return ReportJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
	}

	private Map<String, Object> run() {
		String module = this.report.module();
		String id = "loopguard/" + ((module == null || module.isEmpty()) ? "" : module + "/");
		return object("tool", object("driver", driver()), "automationDetails", object("id", id), "originalUriBaseIds",
				object(ROOT, object("description", text("The root of the repository"))), "columnKind", "utf16CodeUnits",
				"results", this.report.untolerated().stream().map(this::result).toList());
	}

	private Map<String, Object> driver() {
		List<Map<String, Object>> described = this.report.rules()
			.stream()
			.filter((rule) -> this.rules.contains(rule.id()))
			.map(this::rule)
			.toList();
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
		this.report.untolerated()
			.stream()
			.map(ReportedViolation::violation)
			.filter((violation) -> violation.rule().equals(rule.id()))
			.map(Violation::docs)
			.filter((docs) -> docs.startsWith("https://") || docs.startsWith("http://"))
			.findFirst()
			.ifPresent((docs) -> described.put("helpUri", docs));
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
				this.rules.indexOf(violation.rule()), "level",
				(violation.action() == Action.FAIL) ? "error" : "warning", "message",
				text(ReportText.sentence(reported)), "partialFingerprints",
				object("loopguardViolation/v1", violation.id(), "primaryLocationLineHash", violation.id() + ":1"),
				"occurrenceCount", Math.max(1, reported.concernedCount()));
		Map<String, Object> location = location(reported);
		if (location != null) {
			result.put("locations", List.of(location));
		}
		List<Map<String, Object>> flows = reported.stacks()
			.stream()
			.map(this::codeFlow)
			.filter((it) -> !it.isEmpty())
			.toList();
		if (!flows.isEmpty()) {
			result.put("codeFlows", flows);
		}
		if (!reported.stacks().isEmpty()) {
			result.put("stacks", reported.stacks().stream().map(this::stack).toList());
		}
		return result;
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
				steps.add(object("location",
						object("physicalLocation", physical(location), "message", text(frame.method()))));
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
					text(frame.text()));
			if (location != null) {
				place.put("physicalLocation", physical(location));
			}
			return object("location", place);
		}).toList();
		return object("message",
				text(ReportText.times(stack.count()) + ", " + ReportText.duration(stack.held()) + " in all"), "frames",
				frames);
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
