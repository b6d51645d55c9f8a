package io.github.loopguard.autoconfigure.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import tools.jackson.databind.annotation.JsonSerialize;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.allowance.Allowance.Category;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.loop.LoopState;
import io.github.loopguard.ledger.LedgerTotals.ColdStart;
import io.github.loopguard.runtime.Switch;

/**
 * JSON body of the endpoint, schema 1, as described by {@code docs/endpoint.schema.json}.
 * Properties may be added, but not changed or removed.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record BlockingReport(int schema, Application application, State status, String profile, List<Detector> detectors,
		List<RuleBody> rules, List<AllowanceBody> allowances, Sums totals,
		@JsonSerialize(contentUsing = ViolationSerializer.class) List<Violation> violations, List<ColdStart> coldStarts,
		List<LoopState> loops, List<LaneStatus> lanes, List<SwitchBody> switches) implements OperationResponseBody {

	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Application(@Nullable String name, @Nullable String version, @Nullable String instance) {
	}

	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Detector(String name, State state, @Nullable String reason) {
	}

	record RuleBody(String id, List<String> documentedAs, String since, Map<Origin, Action> actions, Hooks hooks) {
	}

	/**
	 * One rule with its documentation.
	 */
	record RulePage(RuleBody rule, String title, String fix, @Nullable String text) implements OperationResponseBody {
	}

	record Hooks(int live, List<String> missing) {
	}

	@JsonInclude(JsonInclude.Include.ALWAYS)
	record AllowanceBody(String id, @Nullable String library, String method, Category category, String reason,
			String source, @Nullable String owner, @Nullable String until, AllowanceStatus.State state,
			@Nullable Long count) {
	}

	record Sums(long violations, long occurrences, long allowed, long heldBack, long dropped, long evicted,
			boolean sampled, long coldStart) {
	}

	/**
	 * One violation with its stack, which the list omits.
	 */
	record Detail(@JsonSerialize(using = ViolationSerializer.class) Violation violation,
			List<String> stack) implements OperationResponseBody {
	}

	/**
	 * A setting that was switched while the application runs.
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record SwitchBody(String name, String value, @Nullable String by, Instant since, @Nullable Instant until) {

		static SwitchBody of(Switch it) {
			return new SwitchBody(it.name(), it.value(), it.by(), it.since(), it.until());
		}

	}

	/**
	 * All settings that are switched.
	 */
	record SwitchesBody(List<SwitchBody> switches) implements OperationResponseBody {
	}

	/**
	 * Why a setting was not switched.
	 */
	record SwitchProblem(String error) implements OperationResponseBody {
	}

}
