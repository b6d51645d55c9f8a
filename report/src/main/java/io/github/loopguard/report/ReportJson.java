package io.github.loopguard.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;

/**
 * Reads and writes reports as JSON.
 *
 * @since 0.1
 */
public final class ReportJson {

	static final JsonMapper MAPPER = JsonMapper.builder()
		.addMixIn(Violation.class, WithFormerKeys.class)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private ReportJson() {
	}

	/**
	 * Reads a report.
	 * @param file its file
	 * @return the report
	 * @throws UnreadableReportException if the file is not a report that can be read
	 */
	public static Report read(Path file) {
		JsonNode tree = parse(file);
		JsonNode schema = tree.path("schema");
		if (!schema.isInt() || !tree.path("violations").isArray()) {
			throw new UnreadableReportException(
					file + " is no report of Loopguard: it lacks a schema and violations. Name a report.json");
		}
		if (schema.intValue() != Report.SCHEMA) {
			throw new UnreadableReportException(file + " has schema " + schema.intValue() + ", and this version of "
					+ "Loopguard reads schema " + Report.SCHEMA + ". Use one version to write and to read it");
		}
		try {
			return complete(file, MAPPER.treeToValue(tree, Report.class));
		}
		catch (JacksonException ex) {
			throw new UnreadableReportException(file + " is not a complete report: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Formats a report.
	 * @param report the report
	 * @return its JSON
	 */
	public static String write(Report report) {
		return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
	}

	static JsonNode parse(Path file) {
		try {
			return MAPPER.readTree(Files.readString(file));
		}
		catch (NoSuchFileException ex) {
			throw new UnreadableReportException(file + " does not exist", ex);
		}
		catch (IOException ex) {
			throw new UnreadableReportException(file + " cannot be read: " + ex, ex);
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			String line = (location != null) ? ":" + location.getLineNr() : "";
			throw new UnreadableReportException(file + line + " is no JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Checks that nothing is missing and that all indexes refer to a frame.
	 */
	@SuppressWarnings("ConstantConditions")
	private static Report complete(Path file, Report report) {
		if (report.totals() == null || report.rules() == null || report.tests() == null || report.failed() == null
				|| report.frames() == null || report.sources() == null || report.created() == null) {
			throw new UnreadableReportException(file + " is not a complete report: one of created, totals, rules, "
					+ "tests, failed, frames and sources is missing");
		}
		int frames = report.frames().size();
		for (ReportedViolation reported : report.violations()) {
			Violation violation = (reported != null) ? reported.violation() : null;
			if (violation == null || violation.id() == null || violation.rule() == null || violation.held() == null
					|| reported.tests() == null || reported.stacks() == null) {
				throw new UnreadableReportException(
						file + " is not a complete report: a violation lacks its id, rule, tests, stacks or held");
			}
			if (reported.stacks().stream().anyMatch((stack) -> !isWithin(stack, frames))) {
				throw new UnreadableReportException(file + " is not a complete report: violation " + violation.id()
						+ " refers to a frame that is not listed");
			}
		}
		return report;
	}

	/**
	 * Few violations have former keys.
	 */
	private interface WithFormerKeys {

		@JsonInclude(JsonInclude.Include.NON_EMPTY)
		List<ViolationKey> formerKeys();

	}

	private static boolean isWithin(ReportedStack stack, int frames) {
		return stack.frames().stream().allMatch((frame) -> frame >= 0 && frame < frames);
	}

}
