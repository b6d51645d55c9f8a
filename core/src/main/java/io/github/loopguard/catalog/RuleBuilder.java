package io.github.loopguard.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Hook.Availability;
import io.github.loopguard.catalog.Hook.Condition;
import io.github.loopguard.catalog.Hook.Kind;

/**
 * Builds a {@link RuleDefinition}. Methods that qualify hooks apply to the hooks added
 * last.
 */
final class RuleBuilder {

	private final String id;

	private final String title;

	private List<String> documentedAs = List.of();

	private String fix = "";

	private final Map<Origin, Action> actions = new EnumMap<>(Map.of(Origin.APPLICATION, Action.LOG, Origin.LIBRARY,
			Action.LOG, Origin.FRAMEWORK, Action.OBSERVE, Origin.UNKNOWN, Action.OBSERVE));

	private Duration logFrom = Duration.ZERO;

	private final List<Hook> hooks = new ArrayList<>();

	private int last;

	private RuleBuilder(String id, String title) {
		this.id = id;
		this.title = title;
	}

	static RuleBuilder rule(String id, String title) {
		return new RuleBuilder(id, title);
	}

	RuleBuilder documentedAs(String... names) {
		this.documentedAs = List.of(names);
		return this;
	}

	RuleBuilder fix(String fix) {
		this.fix = fix;
		return this;
	}

	/**
	 * Only counts and keeps occurrences by default, whoever made the call.
	 */
	RuleBuilder observed() {
		this.actions.replaceAll((origin, action) -> Action.OBSERVE);
		return this;
	}

	/**
	 * Keeps violations out of the log until one occurrence held the loop this long.
	 */
	RuleBuilder loggedFrom(Duration held) {
		this.logFrom = held;
		return this;
	}

	/**
	 * Adds documented APIs that give a call its name and this rule.
	 */
	RuleBuilder entry(String className, String... methodNames) {
		return add(Kind.ENTRY, true, className, null, methodNames);
	}

	/**
	 * Adds APIs that delimit a call and leave the naming of its rule to the leaf.
	 */
	RuleBuilder span(String className, String... methodNames) {
		return add(Kind.ENTRY, false, className, null, methodNames);
	}

	/**
	 * Adds methods next to the operating system.
	 */
	RuleBuilder leaf(String className, String... methodNames) {
		return add(Kind.LEAF, true, className, null, methodNames);
	}

	/**
	 * Adds APIs of a library that may be absent.
	 */
	RuleBuilder libraryEntry(String className, String... methodNames) {
		return entry(className, methodNames).ofLibrary();
	}

	/**
	 * Adds methods of a library that may be absent, beneath which nothing of the JDK
	 * would tell that they block.
	 */
	RuleBuilder libraryLeaf(String className, String... methodNames) {
		return leaf(className, methodNames).ofLibrary();
	}

	/**
	 * Adds a pair of methods between which the thread blocks.
	 */
	RuleBuilder leafBetween(String className, String beginMethodName, String endMethodName) {
		return add(Kind.LEAF, true, className, endMethodName, beginMethodName);
	}

	RuleBuilder descriptor(String descriptor) {
		return qualify((hook) -> hook.withDescriptor(descriptor));
	}

	/**
	 * Says that an error thrown on entry leaves nothing behind.
	 */
	RuleBuilder throwSafe() {
		return qualify(Hook::withThrowSafe);
	}

	/**
	 * Says that what the method returns goes on blocking when it is used.
	 */
	RuleBuilder lazy() {
		return qualify(Hook::withLazy);
	}

	/**
	 * Logs these by default although the rule only observes.
	 */
	RuleBuilder logged() {
		return qualify((hook) -> hook.withDefaultActionOverride(Action.LOG));
	}

	/**
	 * Counts only calls on the JVM's standard input.
	 */
	RuleBuilder onStandardInput() {
		return qualify((hook) -> hook.withCondition(Condition.STANDARD_INPUT));
	}

	/**
	 * Counts only calls on a channel of the operating system. A channel that wraps a
	 * stream blocks when the stream does, which is found there.
	 */
	RuleBuilder onSystemChannel() {
		return qualify((hook) -> hook.withCondition(Condition.SYSTEM_CHANNEL));
	}

	/**
	 * Counts only calls whose first argument, a {@code long} timeout, lets them wait.
	 */
	RuleBuilder withTimeout() {
		return qualify((hook) -> hook.withCondition(Condition.POSITIVE_TIMEOUT));
	}

	/**
	 * Counts only calls whose first argument, a {@link Duration}, lets them wait.
	 */
	RuleBuilder withDuration() {
		return qualify((hook) -> hook.withCondition(Condition.POSITIVE_DURATION));
	}

	RuleBuilder from(int feature) {
		return available((a) -> new Availability(feature, a.until(), a.system(), a.library(), a.alternative()));
	}

	RuleBuilder until(int feature) {
		return available((a) -> new Availability(a.from(), feature, a.system(), a.library(), a.alternative()));
	}

	RuleBuilder onUnix() {
		return available((a) -> new Availability(a.from(), a.until(), "!windows", a.library(), a.alternative()));
	}

	RuleBuilder onLinux() {
		return available((a) -> new Availability(a.from(), a.until(), "linux", a.library(), a.alternative()));
	}

	RuleBuilder onWindows() {
		return available((a) -> new Availability(a.from(), a.until(), "windows", a.library(), a.alternative()));
	}

	/**
	 * Says that the class comes from a library that may be absent.
	 */
	RuleBuilder ofLibrary() {
		return available((a) -> new Availability(a.from(), a.until(), a.system(), true, a.alternative()));
	}

	/**
	 * Says that some releases of the JDK have another method instead.
	 */
	RuleBuilder alternative() {
		return available((a) -> new Availability(a.from(), a.until(), a.system(), a.library(), true));
	}

	RuleDefinition build() {
		Rule rule = new Rule(this.id, this.title, this.documentedAs, this.fix, "0.1", this.actions, this.logFrom);
		return new RuleDefinition(rule, this.hooks);
	}

	private RuleBuilder add(Kind kind, boolean named, String className, @Nullable String endMethodName,
			String... methodNames) {
		this.last = this.hooks.size();
		for (String methodName : methodNames) {
			this.hooks.add(new Hook(this.id, kind, className, methodName, null, endMethodName, named, false, false,
					null, Condition.ALWAYS, Availability.EVERYWHERE));
		}
		return this;
	}

	private RuleBuilder available(UnaryOperator<Availability> change) {
		return qualify((hook) -> hook.withAvailability(change.apply(hook.availability())));
	}

	private RuleBuilder qualify(UnaryOperator<Hook> change) {
		this.hooks.subList(this.last, this.hooks.size()).replaceAll(change);
		return this;
	}

}
