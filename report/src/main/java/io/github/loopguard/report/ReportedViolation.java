package io.github.loopguard.report;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Held;
import io.github.loopguard.Offender;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;

/**
 * A violation as the Actuator endpoint describes it, with the tests it came from and its
 * stacks.
 *
 * @param id short stable identifier
 * @param rule identifier of the rule
 * @param api documented API that was called
 * @param detectors detectors that saw it
 * @param origin whose code made the call
 * @param action what is done about it
 * @param owner who answers for it, or {@code null} if nobody was named
 * @param tolerated why it is tolerated by every test, or {@code null} if it is not
 * @param site the application's frame, or {@code null} if there is none
 * @param offender the code that made the call, or {@code null} if nobody could be named
 * @param assemblySite where the reactive chain was assembled, or {@code null} if unknown
 * @param count occurrences
 * @param firstSeen first occurrence
 * @param lastSeen last occurrence
 * @param heldBack occurrences that {@link Action#FAIL} could not prevent safely
 * @param prevented occurrences that {@link Action#FAIL} prevented
 * @param held how long event loops were held
 * @param waited who had to wait
 * @param threads names of event loops
 * @param route route of a request it happened in, or {@code null} if unknown
 * @param traceId trace of a request it happened in, or {@code null} if unknown
 * @param docs where the rule is explained
 * @param fix what to do instead, in one sentence
 * @param tests the tests it came from, by name
 * @param stacks its stacks, most held time first
 * @param otherStacks occurrences on stacks for which there was no place
 * @since 0.1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReportedViolation(String id, String rule, String api, List<String> detectors, Origin origin,
		Action action, @Nullable String owner, @Nullable String tolerated, @Nullable Site site,
		@Nullable Offender offender, @Nullable Frame assemblySite, long count, Instant firstSeen, Instant lastSeen,
		long heldBack, long prevented, Held held, Waited waited, List<String> threads, @Nullable String route,
		@Nullable String traceId, String docs, String fix, List<ReportedTest> tests, List<ReportedStack> stacks,
		long otherStacks) {

	static ReportedViolation of(Violation violation, @Nullable String tolerated, List<ReportedTest> tests,
			List<ReportedStack> stacks, long otherStacks) {
		return new ReportedViolation(violation.id(), violation.rule(), violation.api(), violation.detectors(),
				violation.origin(), violation.action(), violation.owner(), tolerated, violation.site(),
				violation.offender(), violation.assemblySite(), violation.count(), violation.firstSeen(),
				violation.lastSeen(), violation.heldBack(), violation.prevented(), violation.held(), violation.waited(),
				violation.threads(), violation.route(), violation.traceId(), violation.docs(), violation.fix(), tests,
				stacks, otherStacks);
	}

	/**
	 * Returns the violation itself.
	 * @return it, without tests and stacks
	 */
	public Violation violation() {
		return new Violation(this.id, this.rule, this.api, this.detectors, this.origin, this.action, this.owner,
				this.tolerated, this.site, this.offender, this.assemblySite, this.count, this.firstSeen, this.lastSeen,
				this.heldBack, this.prevented, this.held, this.waited, this.threads, this.route, this.traceId,
				this.docs, this.fix);
	}

	/**
	 * Returns the frame that reports name: the application's, else the offender's.
	 * @return the frame, or {@code null} if nobody could be named
	 */
	public @Nullable Frame place() {
		if (this.site != null) {
			return new Frame(this.site.className(), this.site.methodName(), this.site.fileName(),
					this.site.lineNumber());
		}
		return (this.offender != null) ? new Frame(this.offender.className(), this.offender.methodName(),
				this.offender.fileName(), this.offender.lineNumber()) : null;
	}

}
