package io.github.loopguard.policy;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.ViolationKey;

/**
 * What a detector found out about an occurrence.
 *
 * @param detector name of the detector
 * @param rule identifier of the rule
 * @param api documented API that was called
 * @param defaultActionOverride default action where the API's differs from its rule's, or
 * {@code null}
 * @param origin whose code made the call
 * @param site the application's frame, or {@code null} if there is none
 * @param offender the first frame outside the JDK, or {@code null} if there is none
 * @param offenderClass class of the offender until its library is known, or {@code null}
 * @param preventable whether an error thrown instead of the call leaves nothing broken
 * @param stack the stack
 * @param thread name of the event loop
 * @param route route of the request, or {@code null} if unknown
 * @param traceId trace of the request, or {@code null} if unknown
 * @param called binary name of the class through which the application called a library
 * that the catalog knows, or {@code null} if it did not
 * @param formerKeys what earlier versions of Loopguard knew the violation by
 * @param reason clause that says why the call is known to block, or when it is made,
 * {@code null} if the API says enough
 * @since 0.1
 */
public record Finding(String detector, String rule, String api, @Nullable Action defaultActionOverride, Origin origin,
		@Nullable Frame site, @Nullable Frame offender, @Nullable Class<?> offenderClass, boolean preventable,
		CallStack stack, String thread, @Nullable String route, @Nullable String traceId, @Nullable String called,
		List<ViolationKey> formerKeys, @Nullable String reason) {

	public Finding {
		ViolationKey key = ViolationKey.of(rule, api, site, offender, origin);
		formerKeys = formerKeys.stream().filter((it) -> !it.equals(key)).toList();
	}

	/**
	 * Creates a finding of a call that the application did not make through a library.
	 * @param detector name of the detector
	 * @param rule identifier of the rule
	 * @param api documented API that was called
	 * @param defaultActionOverride default action where the API's differs from its rule's
	 * @param origin whose code made the call
	 * @param site the application's frame
	 * @param offender the first frame outside the JDK
	 * @param offenderClass class of the offender
	 * @param preventable whether an error thrown instead of the call leaves nothing
	 * broken
	 * @param stack the stack
	 * @param thread name of the event loop
	 * @param route route of the request
	 * @param traceId trace of the request
	 */
	public Finding(String detector, String rule, String api, @Nullable Action defaultActionOverride, Origin origin,
			@Nullable Frame site, @Nullable Frame offender, @Nullable Class<?> offenderClass, boolean preventable,
			CallStack stack, String thread, @Nullable String route, @Nullable String traceId) {
		this(detector, rule, api, defaultActionOverride, origin, site, offender, offenderClass, preventable, stack,
				thread, route, traceId, null, List.of(), null);
	}

	/**
	 * Returns what makes two occurrences one violation.
	 * @return rule, API, class and method
	 */
	public ViolationKey key() {
		return ViolationKey.of(this.rule, this.api, this.site, this.offender, this.origin);
	}

	/**
	 * Adds the reason to what to do instead.
	 * @param fix what to do instead
	 * @return one sentence
	 */
	public String explain(String fix) {
		return (this.reason != null) ? fix + ", " + this.reason : fix;
	}

	/**
	 * Returns a copy with the application's frame, which was not known at first.
	 * @param site the application's frame
	 * @return a copy whose origin is the application
	 */
	public Finding withSite(Frame site) {
		return new Finding(this.detector, this.rule, this.api, this.defaultActionOverride, Origin.APPLICATION, site,
				this.offender, this.offenderClass, this.preventable, this.stack, this.thread, this.route, this.traceId,
				this.called, this.formerKeys, this.reason);
	}

	/**
	 * Returns a copy with another name for what was found.
	 * @param rule identifier of the rule
	 * @param api what was called
	 * @param reason how it is known to block
	 * @return a copy without former keys
	 */
	public Finding named(String rule, String api, String reason) {
		return new Finding(this.detector, rule, api, this.defaultActionOverride, this.origin, this.site, this.offender,
				this.offenderClass, false, this.stack, this.thread, this.route, this.traceId, this.called, List.of(),
				reason);
	}

	/**
	 * Returns a copy with other former keys.
	 * @param formerKeys what earlier versions of Loopguard knew the violation by
	 * @return a copy with these
	 */
	public Finding withFormerKeys(List<ViolationKey> formerKeys) {
		return new Finding(this.detector, this.rule, this.api, this.defaultActionOverride, this.origin, this.site,
				this.offender, this.offenderClass, this.preventable, this.stack, this.thread, this.route, this.traceId,
				this.called, formerKeys, this.reason);
	}

	/**
	 * Returns a copy with another request.
	 * @param route route of the request
	 * @param traceId trace of the request, or {@code null} if unknown
	 * @return a copy for that request
	 */
	public Finding withRequest(String route, @Nullable String traceId) {
		return new Finding(this.detector, this.rule, this.api, this.defaultActionOverride, this.origin, this.site,
				this.offender, this.offenderClass, this.preventable, this.stack, this.thread, route, traceId,
				this.called, this.formerKeys, this.reason);
	}

	/**
	 * Returns a copy that keeps no class loader alive.
	 * @return a copy without the offender's class
	 */
	public Finding withoutClass() {
		return withClass(null);
	}

	/**
	 * Returns a copy with the class of the offender.
	 * @param offenderClass class of the offender, or {@code null} if it is gone
	 * @return a copy that keeps the loader of that class alive
	 */
	public Finding withClass(@Nullable Class<?> offenderClass) {
		return with(offenderClass, this.stack);
	}

	/**
	 * Returns a copy without what takes most of the memory.
	 * @return a copy without the stack and without the offender's class
	 */
	public Finding withoutStack() {
		return with(null, CallStack.NONE);
	}

	private Finding with(@Nullable Class<?> offenderClass, CallStack stack) {
		return new Finding(this.detector, this.rule, this.api, this.defaultActionOverride, this.origin, this.site,
				this.offender, offenderClass, this.preventable, stack, this.thread, this.route, this.traceId,
				this.called, this.formerKeys, this.reason);
	}

	/**
	 * The stack of an occurrence.
	 *
	 * @param frames frames from the blocking call outwards
	 * @param walked how many of them lead to the site or to the first control inversion;
	 * the others are only shown
	 * @param callers the application's methods between the site and the first control
	 * inversion, as far as an allowance may name them
	 * @param runners frames that only ran a task that they were handed
	 */
	public record CallStack(List<StackTraceElement> frames, int walked, List<StackTraceElement> callers,
			List<StackTraceElement> runners) {

		/**
		 * Creates a stack without frames that only ran a task.
		 * @param frames frames from the blocking call outwards
		 * @param walked how many of them lead to the site or to the first control
		 * inversion
		 * @param callers the application's methods beyond the site
		 */
		public CallStack(List<StackTraceElement> frames, int walked, List<StackTraceElement> callers) {
			this(frames, walked, callers, List.of());
		}

		/**
		 * A stack that is not known.
		 */
		public static final CallStack NONE = new CallStack(List.of(), 0, List.of(), List.of());

		/**
		 * Returns the frames that lead to the site or to the first control inversion.
		 * @return frames from the blocking call outwards
		 */
		public List<StackTraceElement> path() {
			return this.frames.subList(0, this.walked);
		}

	}

}
