package io.github.loopguard.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Hook.Availability;
import io.github.loopguard.catalog.Hook.Condition;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.catalog.Hook.Use;
import io.github.loopguard.catalog.RuleDefinition.HookGroup;

/**
 * Builds a {@link RuleDefinition}. Methods that qualify hooks apply to the hooks added by
 * the last call that added any.
 */
final class RuleBuilder {

	private final String id;

	private final String title;

	private List<String> documentedAs = List.of();

	private String fix = "";

	private final Map<Origin, Action> actions = new EnumMap<>(Map.of(Origin.APPLICATION, Action.LOG, Origin.LIBRARY,
			Action.LOG, Origin.FRAMEWORK, Action.OBSERVE, Origin.UNKNOWN, Action.OBSERVE));

	private Duration logFrom = Duration.ZERO;

	private final List<HookGroup> groups = new ArrayList<>();

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
	 * Sets the default action to {@link Action#OBSERVE} for every origin.
	 */
	RuleBuilder observed() {
		for (Origin origin : Origin.values()) {
			this.actions.put(origin, Action.OBSERVE);
		}
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
		return add(Kind.ENTRY, className, methodNames);
	}

	/**
	 * Adds APIs that name and delimit a call whose rule is that of its leaf.
	 */
	RuleBuilder span(String className, String... methodNames) {
		return entry(className, methodNames).unnamed();
	}

	/**
	 * Marks APIs that also run code of others which they were not asked for.
	 */
	RuleBuilder host() {
		last().kind = Kind.HOST;
		return this;
	}

	/**
	 * Adds methods next to the operating system.
	 */
	RuleBuilder leaf(String className, String... methodNames) {
		return add(Kind.LEAF, className, methodNames);
	}

	/** Adds APIs in which an error thrown on entry leaves nothing behind. */
	RuleBuilder throwSafeEntry(String className, String... methodNames) {
		return entry(className, methodNames).throwSafe();
	}

	RuleBuilder throwSafeLeaf(String className, String... methodNames) {
		return leaf(className, methodNames).throwSafe();
	}

	/**
	 * Adds APIs of a library that may be absent.
	 */
	RuleBuilder libraryEntry(String className, String... methodNames) {
		return entry(className, methodNames).inLibrary();
	}

	/**
	 * Marks methods of a class that may be absent, or loaded late by any loader.
	 */
	RuleBuilder inLibrary() {
		return available(Availability.IN_LIBRARY);
	}

	/**
	 * Adds methods of a library that may be absent and that run code of others, whose
	 * calls of this rule are part of theirs.
	 */
	RuleBuilder libraryEnclosing(String className, String... methodNames) {
		return add(Kind.ENCLOSING, className, methodNames).unnamed().inLibrary();
	}

	/**
	 * Adds methods of a library that may be absent and that block without reaching a leaf
	 * of the JDK.
	 */
	RuleBuilder libraryLeaf(String className, String... methodNames) {
		return leaf(className, methodNames).inLibrary();
	}

	/**
	 * Adds methods whose result blocks when it is used, while they do not.
	 */
	RuleBuilder beginning(String className, String... methodNames) {
		return add(Kind.BEGINNING, className, methodNames);
	}

	/**
	 * Adds a pair of methods between which the thread blocks.
	 */
	RuleBuilder leafBetween(String className, String beginMethodName, String endMethodName) {
		leaf(className, beginMethodName).last().endMethodName = endMethodName;
		return this;
	}

	/**
	 * Selects one overload by its JVM descriptor.
	 */
	RuleBuilder descriptor(String descriptor) {
		last().descriptor = descriptor;
		return this;
	}

	/**
	 * Marks methods in which an error thrown on entry leaves nothing behind.
	 */
	RuleBuilder throwSafe() {
		last().throwSafe = true;
		return this;
	}

	/**
	 * Names a method that releases what was acquired before a call that is prevented.
	 */
	RuleBuilder undoneBy(String methodName) {
		last().undoMethodName = methodName;
		return this;
	}

	/**
	 * Marks methods whose result blocks again when it is used.
	 */
	RuleBuilder lazy() {
		last().use = Use.OPENS;
		return this;
	}

	/**
	 * Marks methods that are called again and again while a result is used.
	 */
	RuleBuilder step() {
		last().use = Use.STEP;
		return this;
	}

	/**
	 * Overrides the default action of the rule with {@link Action#LOG}.
	 */
	RuleBuilder logged() {
		last().defaultActionOverride = Action.LOG;
		return this;
	}

	/**
	 * Counts only some calls.
	 */
	RuleBuilder only(Condition condition) {
		last().condition = condition;
		return this;
	}

	RuleBuilder from(int feature) {
		Availability a = last().availability;
		return available(new Availability(feature, a.until(), a.system(), a.library(), a.alternative()));
	}

	RuleBuilder until(int feature) {
		Availability a = last().availability;
		return available(new Availability(a.from(), feature, a.system(), a.library(), a.alternative()));
	}

	RuleBuilder onUnix() {
		return onSystem("!windows");
	}

	RuleBuilder onWindows() {
		return onSystem("windows");
	}

	/**
	 * Marks methods that some run-time images lack: because their release has another one
	 * instead, which has a hook too, or because they left out the module.
	 */
	RuleBuilder alternative() {
		Availability a = last().availability;
		return available(new Availability(a.from(), a.until(), a.system(), a.library(), true));
	}

	RuleDefinition build() {
		Rule rule = new Rule(this.id, this.title, this.documentedAs, this.fix, "0.1", this.actions, this.logFrom);
		List<Hook> hooks = new ArrayList<>();
		for (HookGroup group : this.groups) {
			group.addTo(hooks, this.id);
		}
		return new RuleDefinition(rule, hooks);
	}

	private RuleBuilder onSystem(String system) {
		Availability a = last().availability;
		return available(new Availability(a.from(), a.until(), system, a.library(), a.alternative()));
	}

	private RuleBuilder available(Availability availability) {
		last().availability = availability;
		return this;
	}

	/**
	 * Lets hooks leave the name of a call to its leaf.
	 */
	private RuleBuilder unnamed() {
		last().named = false;
		return this;
	}

	private RuleBuilder add(Kind kind, String className, String... methodNames) {
		this.groups.add(new HookGroup(kind, className, methodNames));
		return this;
	}

	private HookGroup last() {
		return this.groups.get(this.groups.size() - 1);
	}

}
