package io.github.loopguard;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All occurrences with one fingerprint, as they stood at one moment.
 *
 * @param id short stable identifier, derived from the fingerprint
 * @param rule identifier of the rule
 * @param api documented API that was called
 * @param detectors detectors that saw it
 * @param origin whose code made the call
 * @param action what is done about it
 * @param owner who answers for it, or {@code null} if nobody was named
 * @param tolerated why it is tolerated, or {@code null} if it is not
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
 * @param threads names of event loops, at most 8
 * @param route route of a request it happened in, or {@code null} if unknown
 * @param traceId trace of a request it happened in, or {@code null} if unknown
 * @param docs where the rule is explained
 * @param fix what to do instead, in one sentence
 * @since 0.1
 */
public record Violation(String id, String rule, String api, List<String> detectors, Origin origin, Action action,
		@Nullable String owner, @Nullable String tolerated, @Nullable Site site, @Nullable Offender offender,
		@Nullable Frame assemblySite, long count, Instant firstSeen, Instant lastSeen, long heldBack, long prevented,
		Held held, Waited waited, List<String> threads, @Nullable String route, @Nullable String traceId, String docs,
		String fix) {

	/**
	 * Most event loops that are named.
	 */
	public static final int MAX_THREADS = 8;

	/**
	 * Returns its identity.
	 * @return rule, API, class and method
	 */
	public ViolationKey key() {
		return ViolationKey.of(this.rule, this.api, (this.site != null) ? this.site.frame() : null,
				(this.offender != null) ? this.offender.frame() : null, this.origin);
	}

}
