package com.example.waiting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;

/**
 * The public methods of the JDK that reach a native method that can wait, or a leaf hook
 * of the catalog. What lies behind a leaf hook is found.
 */
final class WaitingMethods {

	/** Modules whose public methods are looked at. */
	static final List<String> MODULES = List.of("java.base", "java.net.http", "java.sql", "java.naming", "jdk.net",
			"java.management");

	/** Modules that implement what these declare. */
	private static final List<String> IMPLEMENTING = List.of("jdk.management", "jdk.naming.dns", "java.logging",
			"java.security.sasl", "jdk.internal.opt");

	private static final String OPERATING_SYSTEM = System.getProperty("os.name").toLowerCase(Locale.ROOT);

	private final ReasonList harmless = ReasonList.read("natives-that-cannot-wait.txt");

	private final ReasonList inner = ReasonList.read("natives-within-a-call.txt");

	private final ReasonList ends = ReasonList.read("not-followed.txt");

	private final ReasonList leftOut = ReasonList.read("left-out.txt");

	private final Dispatch dispatch = new Dispatch();

	private final CallGraph graph = new CallGraph(Stream.concat(MODULES.stream(), IMPLEMENTING.stream()).toList(),
			this.dispatch);

	private final Set<String> hooks = new HashSet<>();

	/** Hooked methods between which and another one a thread waits. */
	private final Set<String> beginning = new HashSet<>();

	/** What calls a method, of those that public methods reach. */
	private final Map<JdkMethod, List<JdkMethod>> callers = new HashMap<>();

	/** The public methods that begin at a method. */
	private final Map<JdkMethod, Set<JdkMethod>> beginnings = new HashMap<>();

	private final Set<JdkMethod> leaves = new LinkedHashSet<>();

	private final Set<JdkMethod> natives = new LinkedHashSet<>();

	private final Set<JdkMethod> found = new HashSet<>();

	private final Map<String, Set<JdkMethod>> leftOutFor = new LinkedHashMap<>();

	private final Map<String, Set<String>> unjudged = new TreeMap<>();

	private final Map<String, Set<String>> harmlessFor = new LinkedHashMap<>();

	private int methods;

	/**
	 * Looks at the running JDK.
	 * @param catalog the hooks in place
	 */
	WaitingMethods(Collection<Hook> catalog) {
		int feature = Runtime.version().feature();
		for (Hook hook : catalog) {
			if (hook.kind() == Kind.LEAF && hook.availability().covers(feature, OPERATING_SYSTEM)) {
				String name = hook.className() + "#" + hook.methodName();
				this.hooks.add((hook.descriptor() != null) ? name + hook.descriptor() : name);
				if (hook.endMethodName() != null) {
					this.beginning.add(name);
				}
			}
		}
		walk();
		judge();
	}

	/**
	 * Returns how many public methods there are.
	 */
	int methods() {
		return this.methods;
	}

	Set<JdkMethod> found() {
		return this.found;
	}

	/**
	 * Returns the public methods that are left out, by reason.
	 */
	Map<String, Set<JdkMethod>> leftOut() {
		return this.leftOutFor;
	}

	/**
	 * Returns the native methods that cannot wait, by reason.
	 */
	Map<String, Set<String>> harmless() {
		return this.harmlessFor;
	}

	/**
	 * Returns the public methods that are on no list, with the native methods that they
	 * reach.
	 */
	Map<String, Set<String>> unjudged() {
		return this.unjudged;
	}

	/**
	 * Returns the entries of lists that match nothing.
	 */
	List<String> unused() {
		return Stream
			.of(this.harmless, this.inner, this.ends, this.leftOut, this.dispatch.others(),
					this.dispatch.implementing())
			.flatMap((list) -> list.unused().stream())
			.toList();
	}

	private void walk() {
		Deque<JdkMethod> reached = new ArrayDeque<>();
		Set<JdkMethod> seen = new HashSet<>();
		for (String module : MODULES) {
			for (JdkMethod method : this.graph.api(module)) {
				this.methods++;
				for (JdkMethod run : this.graph.implementations(method)) {
					this.beginnings.computeIfAbsent(run, (key) -> new LinkedHashSet<>()).add(method);
					if (seen.add(run)) {
						reached.add(run);
					}
				}
			}
		}
		while (!reached.isEmpty()) {
			JdkMethod method = reached.poll();
			for (JdkMethod next : follow(method)) {
				this.callers.computeIfAbsent(next, (key) -> new ArrayList<>()).add(method);
				if (seen.add(next)) {
					reached.add(next);
				}
			}
		}
	}

	private Set<JdkMethod> follow(JdkMethod method) {
		if (method.isNative()) {
			String reason = this.harmless.reason(method.id());
			if (reason == null) {
				this.natives.add(method);
			}
			else {
				this.harmlessFor.computeIfAbsent(reason, (key) -> new TreeSet<>()).add(method.id());
			}
			return Set.of();
		}
		if (isHooked(method) || isBetweenHooks(method)) {
			this.leaves.add(method);
			return Set.of();
		}
		if (this.ends.reason(method.id()) != null) {
			return Set.of();
		}
		if (callsHookedNative(method)) {
			this.leaves.add(method);
			return Set.of();
		}
		return this.graph.next(method);
	}

	private boolean isHooked(JdkMethod method) {
		return this.hooks.contains(method.id()) || this.hooks.contains(method.toString());
	}

	/**
	 * Returns whether hooks are woven around a call that a method makes.
	 */
	private boolean callsHookedNative(JdkMethod method) {
		return Catalog.nativeCallers().contains(method.owner().replace('/', '.'))
				&& this.graph.named(method).anyMatch((called) -> called.isNative() && isHooked(called));
	}

	/**
	 * Returns whether a method begins an interruptible operation of a channel, which is
	 * hooked from its beginning to its end.
	 */
	private boolean isBetweenHooks(JdkMethod method) {
		return !method.name().startsWith("begin") && this.graph.named(method)
			.anyMatch((called) -> isBeginning(called)
					|| (called.name().startsWith("begin") && this.graph.named(called).anyMatch(this::isBeginning)));
	}

	private boolean isBeginning(JdkMethod method) {
		return this.beginning.contains(method.id());
	}

	private void judge() {
		Map<JdkMethod, Set<String>> waiting = new HashMap<>();
		for (JdkMethod leaf : this.leaves) {
			this.found.addAll(reaching(leaf));
		}
		for (JdkMethod method : this.natives) {
			Set<JdkMethod> reaching = reaching(method);
			if (isHooked(method)) {
				// Where other code of the JDK calls a native method, nothing is woven.
				Set<JdkMethod> direct = this.beginnings.getOrDefault(method, Set.of());
				this.found.addAll(direct);
				reaching.removeAll(direct);
			}
			reaching.forEach((api) -> waiting.computeIfAbsent(api, (key) -> new TreeSet<>()).add(method.id()));
		}
		waiting.forEach(this::judge);
	}

	private void judge(JdkMethod method, Set<String> natives) {
		if (this.found.contains(method)) {
			natives.removeIf((name) -> this.inner.reason(name) != null);
			if (natives.isEmpty()) {
				return;
			}
			this.found.remove(method);
		}
		String reason = this.leftOut.reason(method.id());
		if (reason != null) {
			this.leftOutFor.computeIfAbsent(reason, (key) -> new HashSet<>()).add(method);
		}
		else {
			this.unjudged.computeIfAbsent(method.id(), (key) -> new TreeSet<>()).addAll(natives);
		}
	}

	/**
	 * Returns the public methods that reach a method.
	 */
	private Set<JdkMethod> reaching(JdkMethod method) {
		Set<JdkMethod> reaching = new HashSet<>();
		Set<JdkMethod> seen = new HashSet<>(Set.of(method));
		Deque<JdkMethod> next = new ArrayDeque<>(seen);
		while (!next.isEmpty()) {
			JdkMethod reached = next.poll();
			reaching.addAll(this.beginnings.getOrDefault(reached, Set.of()));
			this.callers.getOrDefault(reached, List.of()).stream().filter(seen::add).forEach(next::add);
		}
		return reaching;
	}

}
