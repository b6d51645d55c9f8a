package io.github.loopguard.allowance;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.allowance.Allowance.Category;

/**
 * The curated list of methods that may block: what we ship. Every entry names the
 * narrowest method that runs no application code, and says why.
 *
 * @since 0.1
 */
public final class AllowList {

	private AllowList() {
	}

	/**
	 * Returns the list.
	 * @return the allowances, in listing order
	 */
	public static List<Allowance> shipped() {
		return Stream
			.of(RuntimeAllowances.list(), NettyAllowances.list(), SpringAllowances.list(), LibraryAllowances.list(),
					DriverAllowances.list())
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * Starts the entries of one library.
	 * @param artifact the artifact that has the methods
	 */
	static Library library(String artifact) {
		return new Library(artifact, Allowance.SHIPPED);
	}

	/**
	 * Makes entries of one library.
	 *
	 * @param artifact the artifact that has the methods
	 * @param source who allows them
	 */
	record Library(String artifact, String source) {

		Library of(String source) {
			return new Library(this.artifact, source);
		}

		Allowance safe(String id, String method, String reason) {
			return entry(id, method, Category.SAFE, reason, null);
		}

		Allowance once(String id, String method, String reason) {
			return entry(id, method, Category.ONCE, reason, null);
		}

		Allowance tolerated(String id, String method, String reason) {
			return entry(id, method, Category.TOLERATED, reason, null);
		}

		Allowance safe(String id, String method, String reason, String evidence) {
			return entry(id, method, Category.SAFE, reason, evidence);
		}

		Allowance once(String id, String method, String reason, String evidence) {
			return entry(id, method, Category.ONCE, reason, evidence);
		}

		Allowance tolerated(String id, String method, String reason, String evidence) {
			return entry(id, method, Category.TOLERATED, reason, evidence);
		}

		private Allowance entry(String id, String method, Category category, String reason, @Nullable String evidence) {
			int hash = method.indexOf('#');
			return new Allowance(id, this.artifact, method.substring(0, hash), method.substring(hash + 1), category,
					reason, this.source, null, null, evidence);
		}

	}

}
