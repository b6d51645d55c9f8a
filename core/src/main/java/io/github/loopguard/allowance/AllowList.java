package io.github.loopguard.allowance;

import java.util.List;
import java.util.stream.Stream;

import io.github.loopguard.allowance.Allowance.Category;

/**
 * The allowances that Loopguard ships. Each entry names the narrowest method that runs no
 * application code, and the reason.
 */
final class AllowList {

	private AllowList() {
	}

	/**
	 * Returns all shipped allowances, in listing order.
	 */
	static List<Allowance> shipped() {
		return Stream
			.of(RuntimeAllowances.list(), NettyAllowances.list(), SpringAllowances.list(), LibraryAllowances.list(),
					DriverAllowances.list())
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * Returns a factory of entries for one library.
	 * @param artifact name of the artifact that has the methods
	 */
	static Library library(String artifact) {
		return new Library(artifact, Allowance.SHIPPED);
	}

	/**
	 * Creates entries for one library.
	 *
	 * @param artifact name of the artifact that has the methods
	 * @param source what sets the allowances, such as {@code loopguard} or {@code netty}
	 */
	record Library(String artifact, String source) {

		Library of(String source) {
			return new Library(this.artifact, source);
		}

		Allowance safe(String id, String method, String reason, String... evidence) {
			return entry(id, method, Category.SAFE, reason, evidence);
		}

		Allowance once(String id, String method, String reason, String... evidence) {
			return entry(id, method, Category.ONCE, reason, evidence);
		}

		Allowance tolerated(String id, String method, String reason, String... evidence) {
			return entry(id, method, Category.TOLERATED, reason, evidence);
		}

		private Allowance entry(String id, String method, Category category, String reason, String... evidence) {
			int hash = method.indexOf('#');
			return new Allowance(id, this.artifact, method.substring(0, hash), method.substring(hash + 1), category,
					reason, this.source, null, null, (evidence.length == 0) ? null : String.join(", ", evidence));
		}

	}

}
