package io.github.loopguard.allowance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;

/**
 * The allowances that are matched against stacks. Immutable and safe to share.
 *
 * @since 0.1
 */
public final class Allowances {

	/**
	 * No allowances.
	 */
	public static final Allowances NONE = new Allowances(List.of());

	private final List<Allowance> all;

	private final Map<String, List<Expiring>> byClass;

	private Allowances(List<Allowance> all) {
		this.all = all;
		Map<String, List<Expiring>> byClass = new HashMap<>();
		for (Allowance allowance : all) {
			byClass.computeIfAbsent(allowance.className(), (missing) -> new ArrayList<>()).add(Expiring.of(allowance));
		}
		this.byClass = byClass;
	}

	/**
	 * Returns the allowances that Loopguard ships.
	 * @return the shipped allowances
	 */
	public static Allowances shipped() {
		return Shipped.ALL;
	}

	/**
	 * Returns these allowances together with others.
	 * @param others allowances to add; one with an identifier that is present already
	 * replaces the present one
	 * @return a copy with the others
	 */
	public Allowances with(Collection<Allowance> others) {
		if (others.isEmpty()) {
			return this;
		}
		Map<String, Allowance> merged = new LinkedHashMap<>();
		for (Allowance allowance : this.all) {
			merged.put(allowance.id(), allowance);
		}
		for (Allowance allowance : others) {
			merged.put(allowance.id(), allowance);
		}
		return new Allowances(List.copyOf(merged.values()));
	}

	/**
	 * Returns these allowances without some of them.
	 * @param ids identifiers of the allowances to remove; unknown ones have no effect
	 * @return a copy without them
	 */
	public Allowances without(Set<String> ids) {
		return ids.isEmpty() ? this
				: new Allowances(this.all.stream().filter((allowance) -> !ids.contains(allowance.id())).toList());
	}

	/**
	 * Returns all allowances, including expired ones.
	 * @return the allowances, in listing order
	 */
	public List<Allowance> all() {
		return this.all;
	}

	/**
	 * Returns whether a class or one of its enclosing classes has an allowance, expired
	 * or not. Enclosing classes count because compilers move parts of a method into
	 * nested classes.
	 * @param className binary name of the class
	 * @return whether {@link #find} can find anything
	 */
	public boolean concern(String className) {
		String original = original(className);
		if (this.byClass.containsKey(original)) {
			return true;
		}
		for (int end = original.lastIndexOf('$'); end > 0; end = original.lastIndexOf('$', end - 1)) {
			if (this.byClass.containsKey(original.substring(0, end))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns the name of a class in the Netty that a library has relocated.
	 */
	private static String original(String className) {
		int relocated = className.indexOf(".io.netty.");
		return (relocated < 0) ? className : className.substring(relocated + 1);
	}

	/**
	 * Finds the innermost method that may block: one that made the call, or one of the
	 * application's that called it. What stands beyond a control inversion or, unless it
	 * is the application's own, beyond the site made no call, so it allows nothing.
	 * @param api documented API that was called
	 * @param path frames from the blocking call to the site or the control inversion
	 * @param callers the application's methods between the two
	 * @return the first allowance in force, or {@code null} if there is none
	 */
	public @Nullable Allowance find(String api, List<StackTraceElement> path, List<StackTraceElement> callers) {
		String callee = "";
		for (StackTraceElement frame : path) {
			Allowance allowance = concern(frame.getClassName()) ? find(frame, api, callee) : null;
			if (allowance != null) {
				return allowance;
			}
			callee = frame.getClassName().concat(".").concat(frame.getMethodName());
		}
		for (StackTraceElement frame : callers) {
			Allowance allowance = concern(frame.getClassName()) ? find(frame, api, "") : null;
			if (allowance != null) {
				return allowance;
			}
		}
		return null;
	}

	/**
	 * Finds the allowance for a method by the name it has, or by the one a person gave
	 * it.
	 */
	private @Nullable Allowance find(StackTraceElement frame, String api, String callee) {
		Allowance allowance = find(frame.getClassName(), frame.getMethodName(), api, callee);
		if (allowance != null) {
			return allowance;
		}
		Frame written = Frame.of(frame);
		return find(written.className(), written.methodName(), api, callee);
	}

	private @Nullable Allowance find(String name, @Nullable String methodName, String api, String callee) {
		String className = original(name);
		for (int end = className.length(); end > 0; end = className.lastIndexOf('$', end - 1)) {
			boolean nested = end < className.length();
			for (Expiring candidate : this.byClass.getOrDefault(className.substring(0, end), List.of())) {
				if (candidate.covers(methodName, nested) && candidate.allows(api, callee) && candidate.inForce()) {
					return candidate.allowance();
				}
			}
		}
		return null;
	}

	@Nullable Allowance find(String className, @Nullable String methodName) {
		return find(className, methodName, "", "");
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Allowances allowances && this.all.equals(allowances.all);
	}

	@Override
	public int hashCode() {
		return this.all.hashCode();
	}

	private record Expiring(Allowance allowance, long expiry, boolean ofClass, String method, @Nullable String call) {

		static Expiring of(Allowance allowance) {
			return new Expiring(allowance, allowance.expiresAt(), allowance.isOfClass(), allowance.methodAlone(),
					allowance.call());
		}

		boolean inForce() {
			return System.currentTimeMillis() < this.expiry;
		}

		boolean covers(@Nullable String methodName, boolean nested) {
			return this.ofClass || (!nested && this.method.equals(methodName));
		}

		boolean allows(String api, String callee) {
			return this.call == null || this.call.equals(api) || this.call.equals(callee);
		}

	}

	/**
	 * Creates the list when it is first used.
	 */
	private static final class Shipped {

		static final Allowances ALL = new Allowances(AllowList.shipped());

	}

}
