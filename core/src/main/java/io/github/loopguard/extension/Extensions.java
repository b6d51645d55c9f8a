package io.github.loopguard.extension;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowance.Category;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;

/**
 * What users of Loopguard add to what it ships.
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
	 * Nothing is added.
	 */
	public static final Extensions NONE = builder().build();

	public Extensions {
		hooks = List.copyOf(hooks);
		allowances = List.copyOf(allowances);
		eventLoopThreads = List.copyOf(eventLoopThreads);
		blockingThreads = List.copyOf(blockingThreads);
	}

	/**
	 * Starts with nothing.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Adds others.
	 * @param others more of the same
	 * @return these and the others
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
	 * Takes what is added, and refuses what makes no sense.
	 */
	public static final class Builder {

		private static final Pattern METHOD = Pattern.compile(
				"(?:[\\p{L}_$][\\p{L}\\p{N}_$]*\\.)+[\\p{L}_$][\\p{L}\\p{N}_$]*#(?:[\\p{L}_$][\\p{L}\\p{N}_$]*|<init>|<clinit>)");

		private final List<Hook> hooks = new ArrayList<>();

		private final List<Allowance> allowances = new ArrayList<>();

		private final List<String> eventLoopThreads = new ArrayList<>();

		private final List<String> blockingThreads = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Says that a method blocks.
		 * @param method class and method, such as {@code com.acme.Legacy#query}; all
		 * overloads with a body count, overriding methods do not
		 * @param rule identifier of the rule that the call breaks
		 * @return this builder
		 * @throws IllegalArgumentException if the method is malformed or there is no such
		 * rule
		 */
		public Builder hook(String method, String rule) {
			String[] parts = parts(method);
			if (Catalog.shipped().find(rule).isEmpty()) {
				throw new IllegalArgumentException("there is no rule '" + rule + "'");
			}
			this.hooks.add(Hook.added(rule, parts[0], parts[1]));
			return this;
		}

		/**
		 * Says that a method blocks, under the rule {@code marked-blocking}.
		 * @param method class and method
		 * @return this builder
		 * @throws IllegalArgumentException if the method is malformed
		 */
		public Builder hook(String method) {
			return hook(method, Catalog.MARKED_BLOCKING);
		}

		/**
		 * Says that a method may block, for good.
		 * @param id identifier of the allowance; that of a shipped one replaces it
		 * @param method class and method, such as {@code com.acme.Cache#refresh}
		 * @param reason why it may
		 * @return this builder
		 * @throws IllegalArgumentException if the method is malformed or there is no
		 * reason
		 */
		public Builder allow(String id, String method, String reason) {
			return allow(id, method, reason, null, null);
		}

		/**
		 * Says that a method may block.
		 * @param id identifier of the allowance; that of a shipped one replaces it
		 * @param method class and method, such as {@code com.acme.Cache#refresh}
		 * @param reason why it may
		 * @param owner who answers for it, or {@code null}
		 * @param until last day on which it may, or {@code null} for no end
		 * @return this builder
		 * @throws IllegalArgumentException if the method is malformed or there is no
		 * reason
		 */
		public Builder allow(String id, String method, String reason, @Nullable String owner,
				@Nullable LocalDate until) {
			String[] parts = parts(method);
			if (reason.isBlank()) {
				throw new IllegalArgumentException("the allowance '" + id + "' needs a reason");
			}
			this.allowances.add(new Allowance(id, null, parts[0], parts[1], Category.TOLERATED, reason, Allowance.USER,
					owner, until, null));
			return this;
		}

		/**
		 * Says that threads are event loops.
		 * @param name their name, in which an asterisk stands for anything
		 * @return this builder
		 */
		public Builder eventLoopThreads(String name) {
			this.eventLoopThreads.add(name);
			return this;
		}

		/**
		 * Says that threads may block, even if they look like event loops.
		 * @param name their name, in which an asterisk stands for anything
		 * @return this builder
		 */
		public Builder blockingThreads(String name) {
			this.blockingThreads.add(name);
			return this;
		}

		/**
		 * Returns what was added.
		 * @return the extensions
		 */
		public Extensions build() {
			return new Extensions(this.hooks, this.allowances, this.eventLoopThreads, this.blockingThreads);
		}

		private static String[] parts(String method) {
			if (!METHOD.matcher(method).matches()) {
				throw new IllegalArgumentException("'" + method
						+ "' is no method: write the class, '#' and the method, such as com.acme.Cache#refresh");
			}
			return method.split("#", 2);
		}

	}

}
