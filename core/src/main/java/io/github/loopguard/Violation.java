package io.github.loopguard;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of all occurrences with one {@linkplain ViolationKey key}.
 *
 * @param id short stable identifier, derived from the key
 * @param rule identifier of the rule
 * @param api documented API that was called
 * @param detectors names of the detectors that reported it
 * @param origin whose code made the call
 * @param action action in force
 * @param owner who is responsible for it, or {@code null} if unknown
 * @param tolerated reason why it is tolerated, or {@code null} if it is not
 * @param site the application's frame, or {@code null} if there is none
 * @param offender the code that made the call, or {@code null} if unknown
 * @param assemblySite where the reactive chain was assembled, or {@code null} if unknown
 * @param count number of occurrences
 * @param firstSeen time of the first occurrence
 * @param lastSeen time of the last occurrence
 * @param heldBack number of occurrences that {@link Action#FAIL} could not prevent safely
 * @param prevented number of occurrences that {@link Action#FAIL} prevented
 * @param held time for which event loops were held
 * @param waited what waited meanwhile
 * @param threads names of event loops, at most 8
 * @param route route of one of the requests it happened in, or {@code null} if unknown
 * @param traceId identifier of the trace of one of these requests, or {@code null} if
 * unknown
 * @param docs address of the rule's documentation
 * @param fix what to do instead, in one sentence
 * @param formerKeys what earlier versions of Loopguard knew it by
 * @param resources files, hosts and monitors that calls read, wrote or waited for, as far
 * as a detector tells them, at most 8
 * @since 0.1
 */
public record Violation(String id, String rule, String api, List<String> detectors, Origin origin, Action action,
		@Nullable String owner, @Nullable String tolerated, @Nullable Site site, @Nullable Offender offender,
		@Nullable Frame assemblySite, long count, Instant firstSeen, Instant lastSeen, long heldBack, long prevented,
		Held held, Waited waited, List<String> threads, @Nullable String route, @Nullable String traceId, String docs,
		String fix, List<ViolationKey> formerKeys, List<String> resources) {

	/**
	 * Most resources that are named.
	 */
	public static final int MAX_RESOURCES = 8;

	/**
	 * Most event loops that are named.
	 */
	public static final int MAX_THREADS = 8;

	@SuppressWarnings("ConstantConditions")
	public Violation {
		// A report of an earlier version has none.
		formerKeys = (formerKeys != null) ? List.copyOf(formerKeys) : List.of();
		resources = (resources != null) ? List.copyOf(resources) : List.of();
	}

	/**
	 * Creates a violation that has always had the same key, and of which no resources are
	 * known.
	 * @param id short stable identifier, derived from the key
	 * @param rule identifier of the rule
	 * @param api documented API that was called
	 * @param detectors names of the detectors that reported it
	 * @param origin whose code made the call
	 * @param action action in force
	 * @param owner who is responsible for it
	 * @param tolerated reason why it is tolerated
	 * @param site the application's frame
	 * @param offender the code that made the call
	 * @param assemblySite where the reactive chain was assembled
	 * @param count number of occurrences
	 * @param firstSeen time of the first occurrence
	 * @param lastSeen time of the last occurrence
	 * @param heldBack number of occurrences that could not be prevented safely
	 * @param prevented number of occurrences that were prevented
	 * @param held time for which event loops were held
	 * @param waited what waited meanwhile
	 * @param threads names of event loops
	 * @param route route of one of the requests
	 * @param traceId identifier of the trace of one of these requests
	 * @param docs address of the rule's documentation
	 * @param fix what to do instead
	 */
	public Violation(String id, String rule, String api, List<String> detectors, Origin origin, Action action,
			@Nullable String owner, @Nullable String tolerated, @Nullable Site site, @Nullable Offender offender,
			@Nullable Frame assemblySite, long count, Instant firstSeen, Instant lastSeen, long heldBack,
			long prevented, Held held, Waited waited, List<String> threads, @Nullable String route,
			@Nullable String traceId, String docs, String fix) {
		this(id, rule, api, detectors, origin, action, owner, tolerated, site, offender, assemblySite, count, firstSeen,
				lastSeen, heldBack, prevented, held, waited, threads, route, traceId, docs, fix, List.of(), List.of());
	}

	/**
	 * Returns the identity of this violation.
	 * @return rule, API, class and method
	 */
	public ViolationKey key() {
		return ViolationKey.of(this.rule, this.api, (this.site != null) ? this.site.frame() : null,
				(this.offender != null) ? this.offender.frame() : null, this.origin);
	}

	/**
	 * Returns a text of others, such as the name of a class, a thread or an owner, in the
	 * form in which it may be printed as one line, or as a part of one: with escapes in
	 * place of line ends, control characters, invisible characters, those that change the
	 * direction of text, and what build servers would take for the start of a command.
	 * @param text the text
	 * @return the text, the same if there is nothing to escape
	 */
	public static String printable(String text) {
		return PrintableText.of(text);
	}

}
