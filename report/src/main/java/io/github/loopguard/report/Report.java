package io.github.loopguard.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Violations found by one or more test sessions. Its JSON, schema 1, is described by
 * {@code docs/report.schema.json}.
 *
 * @param schema version of the format
 * @param loopguard version of Loopguard, or {@code null} if unknown
 * @param module path of the module from the root of its repository, empty for the root
 * itself, or {@code null} if unknown or if there are several modules
 * @param created when it was written
 * @param totals sums over all violations
 * @param rules rules that were violated
 * @param tests tests that were tracked, such as {@code com.acme.OrderTests#rendersOrder}
 * @param failed tests that failed for a reason of their own, so that they may not have
 * reached their blocking calls
 * @param violations the violations, longest held first
 * @param frames stack frames, to which stacks refer by index
 * @param sources source files by class, relative to the root of the repository
 * @since 0.1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Report(int schema, @Nullable String loopguard, @Nullable String module, Instant created,
		ReportTotals totals, List<ReportedRule> rules, List<String> tests, List<String> failed,
		List<ReportedViolation> violations, List<String> frames, Map<String, String> sources) {

	/**
	 * Version of the format that this class represents.
	 */
	public static final int SCHEMA = 1;

	/**
	 * Returns the violations that are not tolerated.
	 * @return the violations, longest held first
	 */
	public List<ReportedViolation> untolerated() {
		return this.violations.stream().filter((violation) -> violation.tolerated() == null).toList();
	}

}
