package io.github.loopguard.extension;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowance.Category;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.catalog.Hook;

/**
 * Hooks, allowances and thread names that are added to those that Loopguard ships.
 *
 * @param hooks methods that block
 * @param allowances methods that may block
 * @param eventLoopThreads patterns of the names of threads that must not block
 * @param blockingThreads patterns of the names of threads that may block
 * @since 0.1
 */
public record Extensions(List<Hook> hooks, List<Allowance> allowances, List<String> eventLoopThreads,
		List<String> blockingThreads) {

	/**
	 * No extensions.
	 */
	public static final Extensions NONE = builder().build();

	public Extensions {
		hooks = List.copyOf(hooks);
		allowances = List.copyOf(allowances);
		eventLoopThreads = List.copyOf(eventLoopThreads);
		blockingThreads = List.copyOf(blockingThreads);
	}

	/**
	 * Creates an empty builder.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns these extensions together with others.
	 * @param others extensions to add
	 * @return a copy with the others
	 */
	public Extensions and(Extensions others) {
		Builder builder = builder();
		for (Extensions part : List.of(this, others)) {
			builder.hooks.addAll(part.hooks);
			builder.allowances.addAll(part.allowances);
			builder.eventLoopThreads.addAll(part.eventLoopThreads);
			builder.blockingThreads.addAll(part.blockingThreads);
		}
		return builder.build();
	}

	/**
	 * Builder of {@link Extensions}. Rejects malformed methods, unknown rules and missing
	 * reasons.
	 */
	public static final class Builder {

		private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";

		private static final String CLASS = "(?:" + NAME + "\\.)+" + NAME;

		private static final Pattern METHOD = Pattern.compile(CLASS + "#(?:" + NAME + "|<init>|<clinit>)");

		private static final Pattern ALLOWED = Pattern.compile("(" + CLASS + "#(?:" + NAME
				+ "|<init>|<clinit>|\\*))(?:\\s*->\\s*(" + CLASS + "[.#](?:" + NAME + "|<init>)))?");

		private final List<Hook> hooks = new ArrayList<>();

		private final List<Allowance> allowances = new ArrayList<>();

		private final List<String> eventLoopThreads = new ArrayList<>();

		private final List<String> blockingThreads = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Adds a hook for a method that blocks.
		 * @param method class and method, such as {@code com.acme.Legacy#query}; covers
		 * all overloads with a body, but not overriding methods
		 * @param rule identifier of the rule for calls of the method
		 * @return this builder
		 * @throws IllegalArgumentException if the method is malformed or the rule unknown
		 */
		public Builder hook(String method, String rule) {
			String[] parts = parts(method);
			if (Catalog.shipped().find(rule).isEmpty()) {
				throw new IllegalArgumentException("Unknown rule '" + rule + "'; known: "
						+ Catalog.shipped().rules().stream().map(Rule::id).collect(Collectors.joining(", ")));
			}
			this.hooks.add(Hook.added(rule, parts[0], parts[1]));
			return this;
		}

		/**
		 * Adds a hook for a method that blocks, with the rule {@code marked-blocking}.
		 * @param method class and method
		 * @return this builder
		 * @throws IllegalArgumentException if the method is malformed
		 */
		public Builder hook(String method) {
			return hook(method, Catalog.MARKED_BLOCKING);
		}

		/**
		 * Adds an allowance without an expiry.
		 * @param id identifier of the allowance; replaces a shipped one with the same
		 * identifier
		 * @param method class and method, such as {@code com.acme.Cache#refresh}
		 * @param reason why the method may block
		 * @return this builder
		 * @throws IllegalArgumentException if the method is malformed or the reason blank
		 */
		public Builder allow(String id, String method, String reason) {
			return allow(id, method, reason, null, null);
		}

		/**
		 * Adds an allowance for a method that may block.
		 * @param id identifier of the allowance; replaces a shipped one with the same
		 * identifier
		 * @param method class and method, such as {@code com.acme.Cache#refresh}; with
		 * {@code *} as the method, the class with its nested ones; with {@code ->} and a
		 * call after it, only this call, such as
		 * {@code com.acme.Cache#refresh -> java.io.File.exists}
		 * @param reason why the method may block
		 * @param owner who is responsible for it, or {@code null}
		 * @param until last day on which it is in force, or {@code null} for no end
		 * @return this builder
		 * @throws IllegalArgumentException if the method is malformed or the reason blank
		 */
		public Builder allow(String id, String method, String reason, @Nullable String owner,
				@Nullable LocalDate until) {
			Matcher allowed = ALLOWED.matcher(method);
			if (!allowed.matches()) {
				throw malformed(method);
			}
			String[] parts = allowed.group(1).split("#", 2);
			String call = (allowed.group(2) != null) ? " -> " + allowed.group(2).replace('#', '.') : "";
			if (reason.isBlank()) {
				throw new IllegalArgumentException("Allowance '" + id + "' has no reason");
			}
			this.allowances.add(new Allowance(id, null, parts[0], parts[1] + call, Category.TOLERATED, reason,
					Allowance.USER, owner, until, null));
			return this;
		}

		/**
		 * Adds threads that are event loops.
		 * @param name pattern of their names, in which {@code *} matches any characters
		 * @return this builder
		 */
		public Builder eventLoopThreads(String name) {
			this.eventLoopThreads.add(name);
			return this;
		}

		/**
		 * Adds threads that may block, even if they would count as event loops.
		 * @param name pattern of their names, in which {@code *} matches any characters
		 * @return this builder
		 */
		public Builder blockingThreads(String name) {
			this.blockingThreads.add(name);
			return this;
		}

		/**
		 * Creates the extensions.
		 * @return the extensions added so far
		 */
		public Extensions build() {
			return new Extensions(this.hooks, this.allowances, this.eventLoopThreads, this.blockingThreads);
		}

		private static String[] parts(String method) {
			if (!METHOD.matcher(method).matches()) {
				throw malformed(method);
			}
			return method.split("#", 2);
		}

		private static IllegalArgumentException malformed(String method) {
			return new IllegalArgumentException(
					"Malformed method '" + method + "'; expected class and method, such as com.acme.Cache#refresh");
		}

	}

}
