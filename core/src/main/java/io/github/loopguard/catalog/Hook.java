package io.github.loopguard.catalog;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;

/**
 * A method to instrument, as the catalog names it; the running JDK may have several
 * overloads of it, or none.
 *
 * @param rule identifier of the rule, or of the rule that applies where no entry hook
 * names the call
 * @param kind what it means when the method runs
 * @param className binary name of the declaring class
 * @param methodName name of the method
 * @param descriptor JVM descriptor that selects one overload, or {@code null} for all
 * @param endMethodName method of the same class that ends what this one begins, or
 * {@code null} if the call ends when the method returns
 * @param named whether an entry hook gives the call its rule; otherwise the leaf does
 * @param throwSafe whether an error thrown on entry leaves nothing behind
 * @param lazy whether what the method returns goes on blocking at the same site
 * @param defaultActionOverride default action where it differs from the rule's, or
 * {@code null}
 * @param condition which calls count
 * @param availability where the method can exist
 * @since 0.1
 */
public record Hook(String rule, Kind kind, String className, String methodName, @Nullable String descriptor,
		@Nullable String endMethodName, boolean named, boolean throwSafe, boolean lazy,
		@Nullable Action defaultActionOverride, Condition condition, Availability availability) {

	private static final String DECLARATION = "io.github.loopguard.Blocking";

	/**
	 * Returns a leaf hook for a method that another integration marks as blocking.
	 * @param className binary name of the declaring class
	 * @param methodName name of the method
	 * @param descriptor JVM descriptor, or {@code null} if unknown
	 * @return the hook
	 */
	public static Hook marked(String className, String methodName, @Nullable String descriptor) {
		return new Hook(Catalog.MARKED_BLOCKING, Kind.LEAF, className, methodName, descriptor, null, true, false, false,
				null, Condition.ALWAYS, Availability.EVERYWHERE);
	}

	/**
	 * Returns the hook of a class that does not belong to the JDK, and so may be loaded
	 * late or never.
	 * @return the hook
	 */
	public Hook inLibrary() {
		return withAvailability(new Availability(0, Integer.MAX_VALUE, "", true, false));
	}

	/**
	 * Returns the leaf hook that stands for the definition of a class, which is seen as
	 * it happens and needs no instrumented method.
	 * @return the hook
	 */
	public static Hook classDefinition() {
		return new Hook(Catalog.CLASS_LOADING, Kind.LEAF, "java.lang.ClassLoader", "loadClass", null, null, true, false,
				false, null, Condition.ALWAYS, Availability.EVERYWHERE);
	}

	Hook withDescriptor(String descriptor) {
		return new Hook(this.rule, this.kind, this.className, this.methodName, descriptor, this.endMethodName,
				this.named, this.throwSafe, this.lazy, this.defaultActionOverride, this.condition, this.availability);
	}

	Hook withThrowSafe() {
		return new Hook(this.rule, this.kind, this.className, this.methodName, this.descriptor, this.endMethodName,
				this.named, true, this.lazy, this.defaultActionOverride, this.condition, this.availability);
	}

	Hook withLazy() {
		return new Hook(this.rule, this.kind, this.className, this.methodName, this.descriptor, this.endMethodName,
				this.named, this.throwSafe, true, this.defaultActionOverride, this.condition, this.availability);
	}

	Hook withDefaultActionOverride(Action defaultActionOverride) {
		return new Hook(this.rule, this.kind, this.className, this.methodName, this.descriptor, this.endMethodName,
				this.named, this.throwSafe, this.lazy, defaultActionOverride, this.condition, this.availability);
	}

	Hook withCondition(Condition condition) {
		return new Hook(this.rule, this.kind, this.className, this.methodName, this.descriptor, this.endMethodName,
				this.named, this.throwSafe, this.lazy, this.defaultActionOverride, condition, this.availability);
	}

	Hook withAvailability(Availability availability) {
		return new Hook(this.rule, this.kind, this.className, this.methodName, this.descriptor, this.endMethodName,
				this.named, this.throwSafe, this.lazy, this.defaultActionOverride, this.condition, availability);
	}

	/**
	 * Returns the leaf hook of a method that a user of Loopguard knows to block.
	 * @param rule identifier of the rule
	 * @param className binary name of the declaring class
	 * @param methodName name of the method
	 * @return the hook
	 */
	public static Hook added(String rule, String className, String methodName) {
		return new Hook(rule, Kind.LEAF, className, methodName, null, null, true, true, false, null, Condition.ALWAYS,
				new Availability(0, Integer.MAX_VALUE, "", true, false));
	}

	/**
	 * Returns the leaf hook of code that says of itself that it may block.
	 * @param what what it says
	 * @return the hook
	 */
	public static Hook declared(String what) {
		return new Hook(Catalog.MARKED_BLOCKING, Kind.LEAF, DECLARATION, what, null, null, true, true, false, null,
				Condition.ALWAYS, Availability.EVERYWHERE);
	}

	/**
	 * Tells whether the hook stands for code that says of itself that it may block.
	 * @return whether the code named the call
	 */
	public boolean isDeclared() {
		return DECLARATION.equals(this.className);
	}

	/**
	 * Returns the API in the form in which reports name it.
	 * @return class and method, such as {@code java.nio.file.Files.readString}, or what
	 * code says of itself
	 */
	public String api() {
		return isDeclared() ? this.methodName : this.className.replace('$', '.') + "." + this.methodName;
	}

	@Override
	public String toString() {
		return this.className + "#" + this.methodName + ((this.descriptor != null) ? this.descriptor : "");
	}

	/**
	 * What it means when a hooked method runs.
	 */
	public enum Kind {

		/**
		 * A documented API: names, times and delimits the call, and reports nothing
		 * alone.
		 */
		ENTRY,

		/**
		 * A method next to the operating system: decides that something blocked.
		 */
		LEAF

	}

	/**
	 * Which calls of a hooked method count.
	 */
	public enum Condition {

		/** All. */
		ALWAYS,

		/** Those on a stream that reads the JVM's standard input. */
		STANDARD_INPUT,

		/**
		 * Those on a channel of the operating system, and not on one that only wraps a
		 * stream.
		 */
		SYSTEM_CHANNEL,

		/**
		 * Those of an instance method whose first argument, a {@code long} timeout, lets
		 * it wait.
		 */
		POSITIVE_TIMEOUT,

		/**
		 * Those of an instance method whose first argument, a {@link java.time.Duration},
		 * lets it wait.
		 */
		POSITIVE_DURATION

	}

	/**
	 * Where a method can exist. A hook that is absent elsewhere is not missing.
	 *
	 * @param from first feature release of the JDK that has it
	 * @param until last feature release of the JDK that has it
	 * @param system prefix of the lower-case operating system name, empty for all
	 * @param library whether the class comes from a library that may be absent
	 * @param alternative whether some releases of the JDK have another method instead,
	 * which is in the catalog too
	 */
	public record Availability(int from, int until, String system, boolean library, boolean alternative) {

		static final Availability EVERYWHERE = new Availability(0, Integer.MAX_VALUE, "", false, false);

		/**
		 * Tells whether a JDK can have the method.
		 * @param feature feature release of the JDK
		 * @param operatingSystem lower-case name of the operating system
		 * @return whether its absence would be a defect
		 */
		public boolean covers(int feature, String operatingSystem) {
			boolean systemMatches = this.system.isEmpty() || (this.system.startsWith("!")
					? !operatingSystem.startsWith(this.system.substring(1)) : operatingSystem.startsWith(this.system));
			return feature >= this.from && feature <= this.until && systemMatches;
		}

	}

}
