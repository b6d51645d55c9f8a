package io.github.loopguard.catalog;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;

/**
 * A method to instrument, as the catalog names it. The running JDK may have several
 * overloads of it, or none.
 *
 * @param rule identifier of the rule
 * @param kind whether the method decides that a call blocked, or only names it
 * @param className binary name of the declaring class
 * @param methodName name of the method
 * @param descriptor JVM descriptor that selects one overload, or {@code null} for all
 * @param endMethodName method of the same class that ends what this one begins, or
 * {@code null} if the call ends when the method returns
 * @param undoMethodName method of the same class, without parameters, that releases what
 * was acquired before this one, called when a call is prevented; or {@code null}
 * @param named whether an entry hook gives the call its rule; otherwise the leaf does
 * @param throwSafe whether an error thrown on entry leaves nothing behind
 * @param use what a call has to do with the use of something that blocks again and again
 * @param defaultActionOverride default action where it differs from the rule's, or
 * {@code null} if it does not
 * @param condition which calls count
 * @param availability where the method can exist
 * @param annotation the annotation for which an {@link Kind#ANNOTATED} method has this
 * hook, {@code null} for other kinds
 * @since 0.1
 */
public record Hook(String rule, Kind kind, String className, String methodName, @Nullable String descriptor,
		@Nullable String endMethodName, @Nullable String undoMethodName, boolean named, boolean throwSafe, Use use,
		@Nullable Action defaultActionOverride, Condition condition, Availability availability,
		@Nullable Annotation annotation) {

	private static final String DECLARATION = "io.github.loopguard.Blocking";

	/**
	 * Returns a leaf hook for a method that another integration marks as blocking.
	 * @param className binary name of the declaring class
	 * @param methodName name of the method
	 * @param descriptor JVM descriptor, or {@code null} for all overloads
	 * @return the hook
	 */
	public static Hook marked(String className, String methodName, @Nullable String descriptor) {
		return leaf(Catalog.MARKED_BLOCKING, className, methodName, descriptor, false, Availability.EVERYWHERE);
	}

	/**
	 * Returns a leaf hook for a method that a user adds. Its class may be absent.
	 * @param rule identifier of the rule
	 * @param className binary name of the declaring class
	 * @param methodName name of the method
	 * @return the hook
	 */
	public static Hook added(String rule, String className, String methodName) {
		return leaf(rule, className, methodName, null, true, Availability.IN_LIBRARY);
	}

	/**
	 * Returns a leaf hook for an operation that calls {@code Blocking.mayBlock}. Nothing
	 * is instrumented for it.
	 * @param operation name of the operation
	 * @return the hook
	 */
	public static Hook declared(String operation) {
		return leaf(Catalog.MARKED_BLOCKING, DECLARATION, operation, null, true, Availability.EVERYWHERE);
	}

	/**
	 * Returns the leaf hook for the definition of a class. Nothing is instrumented for
	 * it, because the transformer sees each class as it is defined.
	 * @return the hook
	 */
	public static Hook classDefinition() {
		return leaf(Catalog.CLASS_LOADING, "java.lang.ClassLoader", "loadClass", null, false, Availability.EVERYWHERE);
	}

	/**
	 * Returns a hook for a method that is annotated as blocking itself, or by its class
	 * or an interface.
	 * @param className binary name of the class with the method's body
	 * @param methodName name of the method
	 * @param annotation what annotates it
	 * @return the hook
	 */
	public static Hook annotated(String className, String methodName, Annotation annotation) {
		return new Hook(Catalog.MARKED_BLOCKING, Kind.ANNOTATED, className, methodName, null, null, null, true, true,
				Use.NONE, Action.OBSERVE, Condition.ALWAYS, Availability.IN_LIBRARY, annotation);
	}

	private static Hook leaf(String rule, String className, String methodName, @Nullable String descriptor,
			boolean throwSafe, Availability availability) {
		return new Hook(rule, Kind.LEAF, className, methodName, descriptor, null, null, true, throwSafe, Use.NONE, null,
				Condition.ALWAYS, availability, null);
	}

	/**
	 * Returns this hook for a class outside the JDK, which may be loaded late or never.
	 * @return the hook
	 */
	public Hook inLibrary() {
		return available(Availability.IN_LIBRARY);
	}

	/**
	 * Returns this hook for a class of the JDK.
	 * @return the hook
	 */
	public Hook inJdk() {
		return available(Availability.EVERYWHERE);
	}

	private Hook available(Availability availability) {
		return new Hook(this.rule, this.kind, this.className, this.methodName, this.descriptor, this.endMethodName,
				this.undoMethodName, this.named, this.throwSafe, this.use, this.defaultActionOverride, this.condition,
				availability, this.annotation);
	}

	/**
	 * Returns whether the hook was created by {@link #declared}.
	 * @return whether code names the operation
	 */
	public boolean isDeclared() {
		return DECLARATION.equals(this.className);
	}

	/**
	 * Returns the API in the form in which reports name it.
	 * @return class and method, such as {@code java.nio.file.Files.readString}, or the
	 * name of a declared operation
	 */
	public String api() {
		if (this.annotation != null) {
			return this.annotation.className().replace('$', '.') + "." + this.methodName;
		}
		return isDeclared() ? this.methodName : this.className.replace('$', '.') + "." + this.methodName;
	}

	/**
	 * Returns why the method is known to block, where its name does not say it.
	 * @return a clause, or {@code null} if there is no other reason than the rule
	 */
	public @Nullable String reason() {
		return (this.annotation != null) ? "because it is marked @" + this.annotation.name() : null;
	}

	@Override
	public String toString() {
		return this.className + "#" + this.methodName + ((this.descriptor != null) ? this.descriptor : "");
	}

	/**
	 * Role of a hooked method in a call.
	 */
	public enum Kind {

		/**
		 * A documented API. Names, times and delimits the call; reports nothing alone.
		 */
		ENTRY,

		/**
		 * A documented API that also runs code of others which it was not asked for, such
		 * as the initialisers of classes or whatever tasks wait to be run. What blocks in
		 * that code is a call of its own; otherwise the same as {@link #ENTRY}.
		 */
		HOST,

		/**
		 * A method that runs code of others, in a transaction for example. Delimits the
		 * calls of its rule inside it, which are one call of whoever called it; other
		 * calls inside it are not concerned. Reports nothing alone.
		 */
		ENCLOSING,

		/**
		 * A method that begins the use of something, and does not block itself. Whatever
		 * was used before it is not used any more. Reports nothing.
		 */
		BEGINNING,

		/** A method next to the operating system. Decides that the call blocked. */
		LEAF,

		/**
		 * A method that its author calls blocking. Decides on return that the call
		 * blocked, unless something inside it did that is taken at least as seriously.
		 */
		ANNOTATED

	}

	/**
	 * What a call has to do with the use of something that blocks again and again. One
	 * use by one method in one turn is one call.
	 */
	public enum Use {

		/** Nothing. */
		NONE,

		/** Its result blocks again when it is used. */
		OPENS,

		/** It is a step of the use of what was opened, or of what others have opened. */
		STEP

	}

	/**
	 * An annotation by which code says that a method blocks.
	 *
	 * @param name binary name of the annotation
	 * @param className binary name of the class or interface that has it, or whose method
	 * has it
	 */
	public record Annotation(String name, String className) {
	}

	/**
	 * Which calls of a hooked method count.
	 */
	public enum Condition {

		/** All calls. */
		ALWAYS,

		/** Calls on a stream that reads the JVM's standard input. */
		STANDARD_INPUT,

		/** Calls on a stream of a named file, not on a pipe or standard input. */
		NAMED_FILE,

		/** Calls on a socket that waits in {@code close} until all is sent. */
		LINGERING_SOCKET,

		/** Calls on a channel that waits in {@code close} until all is sent. */
		LINGERING_CHANNEL,

		/** Calls with the name of a host, not with an IPv6 literal. */
		HOST_NAME,

		/** Calls on a channel of the system, not on one that wraps a stream. */
		SYSTEM_CHANNEL,

		/**
		 * Calls of an instance method whose first argument, a {@code long} timeout, is
		 * positive.
		 */
		POSITIVE_TIMEOUT,

		/**
		 * Calls of an instance method whose first argument, a {@link java.time.Duration},
		 * is positive.
		 */
		POSITIVE_DURATION,

		/** Calls on a decoder of characters that has to read bytes first. */
		UNBUFFERED

	}

	/**
	 * Where a method can exist. Elsewhere, its hook is not reported as missing.
	 *
	 * @param from first feature release of the JDK that has it
	 * @param until last feature release of the JDK that has it
	 * @param system prefix of the lower-case name of the operating system, empty for all;
	 * a leading {@code !} excludes that system
	 * @param library whether the class comes from a library that may be absent
	 * @param alternative whether some run-time images lack the method: their release has
	 * another one with a hook, or they lack its module
	 */
	public record Availability(int from, int until, String system, boolean library, boolean alternative) {

		static final Availability EVERYWHERE = new Availability(0, Integer.MAX_VALUE, "", false, false);

		static final Availability IN_LIBRARY = new Availability(0, Integer.MAX_VALUE, "", true, false);

		/**
		 * Returns whether a JDK should have the method.
		 * @param feature feature release of the JDK
		 * @param operatingSystem lower-case name of the operating system
		 * @return whether its absence is a defect
		 */
		public boolean covers(int feature, String operatingSystem) {
			boolean systemMatches = this.system.isEmpty() || (this.system.startsWith("!")
					? !operatingSystem.startsWith(this.system.substring(1)) : operatingSystem.startsWith(this.system));
			return feature >= this.from && feature <= this.until && systemMatches;
		}

	}

}
