package io.github.loopguard.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The curated list of blocking operations: every rule with the hooks that find it.
 * Immutable and safe to share.
 *
 * @since 0.1
 */
public final class Catalog {

	/**
	 * Rule of a blocking method that another integration marked.
	 */
	public static final String MARKED_BLOCKING = "marked-blocking";

	/**
	 * Rule of the definition of a class.
	 */
	public static final String CLASS_LOADING = "class-loading";

	private static final Catalog SHIPPED = new Catalog(Stream
		.of(FileRules.definitions(), DirectoryRules.definitions(), HttpRules.definitions(), NetworkRules.definitions(),
				TlsRules.definitions(), JdbcRules.definitions(), MessagingRules.definitions(),
				ClientRules.definitions(), WaitingRules.definitions(), ComputingRules.definitions(),
				JvmRules.definitions())
		.flatMap(List::stream)
		.toList());

	private final List<RuleDefinition> definitions;

	private final Map<String, Rule> rules;

	/**
	 * Creates a catalog.
	 * @param definitions its rules, in the order in which they are listed
	 */
	public Catalog(List<RuleDefinition> definitions) {
		this.definitions = List.copyOf(definitions);
		this.rules = this.definitions.stream()
			.map(RuleDefinition::rule)
			.collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));
	}

	/**
	 * Returns the catalog that Loopguard ships.
	 * @return the shipped catalog
	 */
	public static Catalog shipped() {
		return SHIPPED;
	}

	/**
	 * Returns all rules in listing order.
	 * @return the rules with their hooks
	 */
	public List<RuleDefinition> definitions() {
		return this.definitions;
	}

	/**
	 * Returns the hooks of all rules.
	 * @return the hooks, in listing order
	 */
	public List<Hook> hooks() {
		return this.definitions.stream().flatMap((definition) -> definition.hooks().stream()).toList();
	}

	/**
	 * Returns this catalog with the hooks of a rule added to.
	 * @param rule identifier of the rule
	 * @param hooks more hooks for it
	 * @return a catalog whose hooks come in the same order, the added ones after the
	 * rule's own
	 */
	public Catalog with(String rule, List<Hook> hooks) {
		return new Catalog(this.definitions.stream()
			.map((definition) -> definition.rule().id().equals(rule) ? new RuleDefinition(definition.rule(),
					Stream.concat(definition.hooks().stream(), hooks.stream()).toList()) : definition)
			.toList());
	}

	/**
	 * Looks a rule up.
	 * @param id identifier of the rule
	 * @return the rule, or empty if the catalog has none with that identifier
	 */
	public Optional<Rule> find(String id) {
		return Optional.ofNullable(this.rules.get(id));
	}

	/**
	 * Returns a rule that must exist.
	 * @param id identifier of the rule
	 * @return the rule
	 * @throws IllegalArgumentException if the catalog has no such rule
	 */
	public Rule rule(String id) {
		return find(id).orElseThrow(() -> new IllegalArgumentException("No rule '" + id + "' in the catalog"));
	}

	/**
	 * Returns the rule that an API on the stack implies, where the leaf alone cannot
	 * tell: the same leaf serves sleeping and waiting, reading and writing.
	 * @param leaf the rule of the leaf
	 * @param className binary name of the class
	 * @param methodName name of the method
	 * @param straight whether code outside the JDK called it, rather than the JDK itself
	 * @return identifier of the rule, or {@code null} if the name implies none
	 */
	public @Nullable String ruleOfCall(String leaf, String className, String methodName, boolean straight) {
		return CallNames.rule(leaf, className, methodName, straight);
	}

	/**
	 * Tells whether a rule says only that somebody waited, so that an interface on the
	 * stack may tell what for.
	 * @param rule identifier of the rule
	 * @return whether {@link #ruleOfInterface} is worth asking
	 */
	public boolean saysOnlyThatSomebodyWaited(String rule) {
		return ClientInterfaces.WAITING.contains(rule);
	}

	/**
	 * Returns the rule that an interface on the stack implies for what waits beneath it.
	 * @param interfaceName binary name of the interface
	 * @return identifier of the rule, or {@code null} if the name implies none
	 */
	public @Nullable String ruleOfInterface(String interfaceName) {
		return ClientInterfaces.rule(interfaceName);
	}

	/**
	 * Returns what to do about a violation: use the counterpart of the library at hand
	 * where there is one, else what the rule advises.
	 * @param rule identifier of the rule
	 * @param offender class that made the call, or {@code null} if unknown
	 * @param api API that was called
	 * @return one sentence
	 */
	public String fix(String rule, @Nullable String offender, String api) {
		return Counterparts.fix(rule, (offender != null) ? offender : "", api).orElseGet(() -> rule(rule).fix());
	}

}
