package io.github.loopguard.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The curated list of blocking operations: all rules with their hooks. Immutable and safe
 * to share.
 *
 * @since 0.1
 */
public final class Catalog {

	/**
	 * Identifier of the rule for methods that another integration or the code itself
	 * marks as blocking.
	 */
	public static final String MARKED_BLOCKING = "marked-blocking";

	/**
	 * Identifier of the rule for the definition of classes.
	 */
	public static final String CLASS_LOADING = "class-loading";

	private static final Catalog SHIPPED = new Catalog(shippedDefinitions());

	private final List<RuleDefinition> definitions;

	private final List<Rule> rules;

	private final List<Hook> hooks;

	private final Map<String, Rule> rulesById;

	/**
	 * Creates a catalog.
	 * @param definitions the rules with their hooks, in listing order
	 */
	Catalog(List<RuleDefinition> definitions) {
		List<Rule> rules = new ArrayList<>();
		List<Hook> hooks = new ArrayList<>();
		Map<String, Rule> rulesById = new HashMap<>();
		for (RuleDefinition definition : definitions) {
			rules.add(definition.rule());
			hooks.addAll(definition.hooks());
			rulesById.put(definition.rule().id(), definition.rule());
		}
		this.definitions = List.copyOf(definitions);
		this.rules = List.copyOf(rules);
		this.hooks = List.copyOf(hooks);
		this.rulesById = Map.copyOf(rulesById);
	}

	private static List<RuleDefinition> shippedDefinitions() {
		List<RuleDefinition> all = new ArrayList<>();
		all.addAll(FileRules.definitions());
		all.addAll(DirectoryRules.definitions());
		all.addAll(HttpRules.definitions());
		all.addAll(NetworkRules.definitions());
		all.addAll(TlsRules.definitions());
		all.addAll(JdbcRules.definitions());
		all.addAll(MessagingRules.definitions());
		all.addAll(ClientRules.definitions());
		all.addAll(WaitingRules.definitions());
		all.addAll(ComputingRules.definitions());
		all.addAll(JvmRules.definitions());
		return all;
	}

	/**
	 * Returns the catalog that Loopguard ships.
	 * @return the shipped catalog
	 */
	public static Catalog shipped() {
		return SHIPPED;
	}

	/**
	 * Returns the classes that call native methods which wait, and that may be loaded
	 * before Loopguard.
	 * @return their binary names, of all JDKs
	 */
	public static Set<String> nativeCallers() {
		return NativeCallers.NAMES;
	}

	/**
	 * Returns the annotations by which code says whether it blocks.
	 * @return their binary names, with whether they say that it does
	 */
	public static Map<String, Boolean> annotations() {
		return BlockingAnnotations.NAMES;
	}

	/**
	 * Returns methods that block and of which the JVM records nothing unless it is told
	 * to trace them.
	 * @return class and method, such as {@code java.net.Socket::connect}
	 */
	public static List<String> tracedMethods() {
		return TracedMethods.NAMES;
	}

	/**
	 * Returns all rules.
	 * @return the rules, in listing order
	 */
	public List<Rule> rules() {
		return this.rules;
	}

	/**
	 * Returns the hooks of all rules.
	 * @return the hooks, in listing order
	 */
	public List<Hook> hooks() {
		return this.hooks;
	}

	/**
	 * Returns a copy of this catalog with more hooks for one rule.
	 * @param rule identifier of the rule; a catalog without it is copied unchanged
	 * @param hooks hooks to add
	 * @return a catalog in the same order, with the added hooks after the rule's own
	 */
	public Catalog with(String rule, List<Hook> hooks) {
		return new Catalog(this.definitions.stream()
			.map((definition) -> definition.rule().id().equals(rule) ? new RuleDefinition(definition.rule(),
					Stream.concat(definition.hooks().stream(), hooks.stream()).toList()) : definition)
			.toList());
	}

	/**
	 * Returns the rule with an identifier.
	 * @param id identifier of the rule
	 * @return the rule, or empty if the catalog has none with that identifier
	 */
	public Optional<Rule> find(String id) {
		return Optional.ofNullable(this.rulesById.get(id));
	}

	/**
	 * Returns the rule with an identifier, which must exist.
	 * @param id identifier of the rule
	 * @return the rule
	 * @throws IllegalArgumentException if the catalog has no such rule
	 */
	public Rule rule(String id) {
		return find(id).orElseThrow(() -> new IllegalArgumentException("No rule '" + id + "' in the catalog"));
	}

	/**
	 * Returns the rule that an API on the stack implies. Some leaves serve several rules,
	 * such as sleeping and waiting, or reading and writing.
	 * @param leaf identifier of the leaf's rule
	 * @param className binary name of the class
	 * @param methodName name of the method
	 * @param direct whether code outside the JDK called the method
	 * @return identifier of the rule, or {@code null} if the leaf's rule applies
	 */
	public @Nullable String ruleOfCall(String leaf, String className, String methodName, boolean direct) {
		return CallNames.rule(leaf, className, methodName, direct);
	}

	/**
	 * Returns whether a rule covers waiting of any kind, so that an interface on the
	 * stack may imply a more specific rule.
	 * @param rule identifier of the rule
	 * @return whether {@link #ruleOfInterface} can refine the rule
	 */
	public boolean coversAnyWait(String rule) {
		return ClientInterfaces.WAITING.contains(rule);
	}

	/**
	 * Returns the rule that applies to waiting in an implementation of an interface.
	 * @param interfaceName binary name of the interface
	 * @return identifier of the rule, or {@code null} if the interface implies none
	 */
	public @Nullable String ruleOfInterface(String interfaceName) {
		return ClientInterfaces.rule(interfaceName);
	}

	/**
	 * Returns whether Loopguard 0.1 did not have a hook.
	 * @param hook the hook
	 * @return whether it was added later
	 */
	public static boolean isLater(Hook hook) {
		return LaterHooks.contain(hook);
	}

	/**
	 * Returns what else Loopguard 0.1 named inside a call of a later hook.
	 * @param hook the hook
	 * @return rules by API, empty for most hooks
	 */
	public static Map<String, String> formerNames(Hook hook) {
		return LaterHooks.formerNames(hook);
	}

	/**
	 * Returns whether the catalog knows what to use instead of a library.
	 * @param className binary name of a class
	 * @return whether it belongs to such a library
	 */
	public boolean hasCounterpart(String className) {
		return Counterparts.ofClass(className).isPresent();
	}

	/**
	 * Returns the fix for a violation: the non-blocking counterpart of the library
	 * involved, else the fix of the API, else that of the rule.
	 * @param rule identifier of the rule
	 * @param called binary name of the library's class that the application called, or
	 * {@code null} if unknown
	 * @param offender binary name of the class that made the call, or {@code null} if
	 * unknown
	 * @param api API that was called
	 * @return one sentence
	 * @throws IllegalArgumentException if the catalog has no such rule
	 */
	public String fix(String rule, @Nullable String called, @Nullable String offender, String api) {
		return Counterparts.fix(rule, Stream.of(called, offender, api).filter(Objects::nonNull).toList())
			.orElseGet(() -> Objects.requireNonNullElseGet(CallFixes.fix(api), () -> rule(rule).fix()));
	}

}
