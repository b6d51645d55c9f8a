package io.github.loopguard.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.Violation;
import io.github.loopguard.test.tracking.Recording;
import io.github.loopguard.test.tracking.TrackedTest;

/**
 * Violations of the current test. A parameter of a {@link NonBlockingTest}:
 *
 * <pre class="code">
 * &#064;Test
 * void rendersInvoice(BlockingViolations violations) {
 *     this.client.get().uri("/invoices/7").exchange().expectStatus().isOk();
 *     assertThat(violations).hasRule("file-read").at(InvoiceController.class);
 * }
 * </pre>
 *
 * The test does not fail for violations that an assertion accepts.
 *
 * @since 0.1
 */
public final class BlockingViolations implements AssertProvider<BlockingViolationsAssert> {

	private static final String ALLOWED = "allowed by the test";

	private final TrackedTest test;

	private final Map<Recording, List<Blocked>> allowed = new IdentityHashMap<>();

	private final Deque<List<Blocked>> scopes = new ArrayDeque<>(List.of(List.of()));

	private final Map<String, Long> accepted = new HashMap<>();

	BlockingViolations(TrackedTest test) {
		this.test = test;
	}

	/**
	 * Waits until the event loops are idle, for 200 ms at most, and returns the
	 * violations so far.
	 * @return the violations, without those that were allowed in a scope
	 */
	public List<Violation> all() {
		this.test.awaitQuiet();
		return recorded();
	}

	/**
	 * Allows violations of a rule until the scope is closed. Closing waits until the
	 * event loops are idle, for 200 ms at most.
	 * @param rule identifier of the rule that may be violated
	 * @param reason why the code has to block
	 * @param at classes whose calls are allowed; none means any
	 * @return the scope, to be closed on the thread of the test
	 */
	public Scope allow(String rule, String reason, Class<?>... at) {
		if (reason.isBlank()) {
			throw new IllegalArgumentException("The reason is empty; say why it has to block");
		}
		List<Blocked> blocked = new ArrayList<>(this.scopes.element());
		blocked.add(Blocked.of("allow(…)", rule, at));
		this.scopes.push(blocked);
		this.allowed.put(this.test.suspend(), blocked);
		return this::close;
	}

	@Override
	public BlockingViolationsAssert assertThat() {
		return new BlockingViolationsAssert(this);
	}

	@Override
	public String toString() {
		return "violations of " + this.test.name();
	}

	/**
	 * Accepts violations with their current number of occurrences.
	 */
	void accept(List<Violation> violations) {
		Map<String, Long> counts = new HashMap<>();
		violations.forEach((violation) -> counts.merge(violation.id(), violation.count(), Long::sum));
		counts.forEach((id, count) -> this.accepted.merge(id, count, Math::max));
	}

	void reject(List<Violation> violations) {
		violations.forEach((violation) -> this.accepted.remove(violation.id()));
	}

	/**
	 * Returns the violations that were neither allowed in a scope nor accepted by an
	 * assertion.
	 */
	List<Violation> remaining() {
		return judged().stream().filter((it) -> it.tolerated() == null).map(Judged::violation).toList();
	}

	List<Violation> recorded() {
		return judged().stream().filter((it) -> it.tolerated() != ALLOWED).map(Judged::violation).toList();
	}

	/**
	 * Returns all violations, and whether the test itself tolerates them.
	 */
	List<Judged> judged() {
		Map<String, Long> accepted = new HashMap<>(this.accepted);
		List<Judged> judged = new ArrayList<>();
		for (Recording recording : this.test.recordings()) {
			List<Blocked> allowed = this.allowed.getOrDefault(recording, List.of());
			recording.violations().stream().filter((it) -> !TestHarness.isResponsible(it)).forEach((violation) -> {
				if (allowed.stream().anyMatch((it) -> it.matches(violation))) {
					judged.add(new Judged(violation, ALLOWED));
				}
				else {
					boolean remains = accepted.merge(violation.id(), -violation.count(), Long::sum) < 0;
					judged.add(new Judged(violation, remains ? null : "asserted by the test"));
				}
			});
		}
		return judged;
	}

	/**
	 * Returns the identifier of the test, which is the same in the next run.
	 */
	String test() {
		return this.test.reference();
	}

	List<Recording> recordings() {
		return this.test.recordings();
	}

	private void close() {
		this.test.awaitQuiet();
		this.scopes.pop();
		this.test.resume();
	}

	/**
	 * A violation, and why the test itself tolerates it.
	 */
	record Judged(Violation violation, @Nullable String tolerated) {
	}

	/**
	 * A part of a test in which blocking is allowed.
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
