package io.github.loopguard.policy;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.ViolationKey;

/**
 * What a detector found out about an occurrence by reading its stack.
 *
 * @param detector name of the detector
 * @param rule identifier of the rule
 * @param api documented API that was called
 * @param defaultActionOverride default action where the API's differs from its rule's, or
 * {@code null}
 * @param origin whose code made the call
 * @param site the application's frame, or {@code null} if there is none
 * @param offender the first frame outside the JDK, or {@code null} if there is none
 * @param offenderClass class of the offender while it is not yet known which library it
 * comes from, or {@code null}
 * @param stack frames from the leaf hook outwards
 * @param walked how many of them lead to the site or the first control inversion; those
 * beyond are only shown
 * @param thread name of the event loop
 * @param route route of the request, or {@code null} if unknown
 * @param traceId trace of the request, or {@code null} if unknown
 * @since 0.1
 */
public record Finding(String detector, String rule, String api, @Nullable Action defaultActionOverride, Origin origin,
		@Nullable Frame site, @Nullable Frame offender, @Nullable Class<?> offenderClass, List<StackTraceElement> stack,
		int walked, String thread, @Nullable String route, @Nullable String traceId) {

	/**
	 * Returns what makes two occurrences one violation.
	 * @return rule, API, class and method
	 */
	public ViolationKey key() {
		return ViolationKey.of(this.rule, this.api, this.site, this.offender, this.origin);
	}

	/**
	 * Returns the same with the application's frame, which was not known at first.
	 * @param site the application's frame
	 * @return a copy whose origin is the application
	 */
	public Finding withSite(Frame site) {
		return new Finding(this.detector, this.rule, this.api, this.defaultActionOverride, Origin.APPLICATION, site,
				this.offender, this.offenderClass, this.stack, this.walked, this.thread, this.route, this.traceId);
	}

	/**
	 * Returns the same without what would keep a class loader alive.
	 * @return a copy that names its offender only
	 */
	public Finding settled() {
		return new Finding(this.detector, this.rule, this.api, this.defaultActionOverride, this.origin, this.site,
				this.offender, null, this.stack, this.walked, this.thread, this.route, this.traceId);
	}

	/**
	 * Returns the same without what takes most of its memory.
	 * @return a copy without a stack
	 */
	public Finding remembered() {
		return new Finding(this.detector, this.rule, this.api, this.defaultActionOverride, this.origin, this.site,
				this.offender, null, List.of(), 0, this.thread, this.route, this.traceId);
	}

}
