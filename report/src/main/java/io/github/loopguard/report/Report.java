package io.github.loopguard.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one or more test sessions found: JSON, schema 1. Its form is published as
 * {@code docs/report.schema.json}.
 *
 * @param schema version of the form
 * @param loopguard version of Loopguard, or {@code null} if unknown
 * @param module path of the module from the root of its repository, empty for the root
 * itself, or {@code null} if unknown or several
 * @param created when it was written
 * @param totals sums over all violations
 * @param rules the rules that were violated
 * @param tests tests that were watched, such as {@code com.acme.OrderTests#rendersOrder}
 * @param failed those of them that failed by themselves, so that it is not known what
 * they would have done
 * @param violations what was found, most held time first
 * @param frames frames that the stacks refer to by their place in this list
 * @param sources source files by class, relative to the root of the repository
 * @since 0.1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Report(int schema, @Nullable String loopguard, @Nullable String module, Instant created,
		ReportTotals totals, List<ReportedRule> rules, List<String> tests, List<String> failed,
		List<ReportedViolation> violations, List<String> frames, Map<String, String> sources) {

	/**
	 * Version of the form that this class stands for.
	 */
	public static final int SCHEMA = 1;

	/**
	 * Returns the violations that nothing tolerates.
	 * @return the violations, most held time first
	 */
	public List<ReportedViolation> untolerated() {
		return this.violations.stream().filter((violation) -> violation.tolerated() == null).toList();
	}

}
