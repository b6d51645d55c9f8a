package io.github.loopguard.detect.stack;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.ClassProfile.Kind;
import io.github.loopguard.detect.stack.LibraryCalls.InterfaceCall;
import io.github.loopguard.detect.stack.StackReader.ReadStack;
import io.github.loopguard.detect.stack.StackReader.Seen;
import io.github.loopguard.policy.Finding;

/**
 * Finds out whose call a blocking call was, from its stack. Immutable; replaced when the
 * application's packages or the policy change.
 */
public final class Attribution {

	private static final List<String> CONSUMERS = List.of("java.util.stream.", "java.util.Iterator",
			"java.util.Spliterator", "java.lang.Iterable", "java.util.ArrayList");

	private static final String DETECTOR = "blockhound";

	private static final String HTTP_CONNECTION = "sun.net.www.protocol.http.";

	private final Catalog catalog;

	private final ApplicationPackages applicationPackages;

	private final StackReader stackReader;

	/**
	 * Creates an attribution.
	 * @param catalog rules and hooks
	 * @param applicationPackages packages of the application, as far as they are known
	 * @param allowances methods that matter beyond the site
	 */
	public Attribution(Catalog catalog, ApplicationPackages applicationPackages, Allowances allowances) {
		this.catalog = catalog;
		this.applicationPackages = applicationPackages;
		boolean callersMatter = allowances.all().stream().anyMatch((it) -> applicationPackages.contain(it.className()));
		this.stackReader = new StackReader(new ClassProfiles(applicationPackages, allowances), callersMatter);
	}

	/**
	 * Returns a hash of the stack of the call that blocks the current thread, which the
	 * caller walks. Each frame costs, Loopguard's own too, so the walk starts as near to
	 * the hook as can be.
	 * @param outermost the entry hook around it, or the leaf hook itself
	 * @param leaf the leaf hook that fired
	 * @param enclosers number of frames of the outermost hook that enclose the call, zero
	 * unless it does
	 * @return a hash, not walked yet
	 */
	public StackHash hash(Hook outermost, Hook leaf, int enclosers) {
		return this.stackReader.hash(31L * System.identityHashCode(outermost) + System.identityHashCode(leaf),
				outermost, enclosers);
	}

	/**
	 * Returns the key of a stack.
	 * @param stack the stack, walked
	 * @return the same for the same way through the code
	 */
	public long key(StackHash stack) {
		return this.stackReader.key(stack);
	}

	/**
	 * Attributes the call that blocks the current thread.
	 * @param outermost the entry hook around it, or the leaf hook itself
	 * @param leaf the leaf hook that fired
	 * @param enclosers number of frames of the outermost hook that enclose the call, zero
	 * unless it does
	 * @param former the outermost hook for Loopguard 0.1
	 * @param route route of the request, or {@code null} if unknown
	 * @param traceId trace of the request, or {@code null} if unknown
	 * @return the call
	 */
	public AttributedCall of(Hook outermost, Hook leaf, int enclosers, Hook former, @Nullable String route,
			@Nullable String traceId) {
		return of(DETECTOR, Thread.currentThread().getName(), this.stackReader.read(outermost, enclosers), outermost,
				leaf, former, route, traceId);
	}

	/**
	 * Attributes a call that blocks another thread, whose stack was taken from outside.
	 * @param detector name of the detector
	 * @param thread name of the thread
	 * @param loader finds the application's classes, or {@code null} if unknown
	 * @param stack its stack, with the calls on it that the catalog knows
	 * @return the call
	 */
	public AttributedCall of(String detector, String thread, @Nullable ClassLoader loader, ThreadStack stack) {
		ReadStack read = this.stackReader.read(stack.frames(), loader);
		Hook leaf = stack.leaf(read.walked().size());
		Hook outermost = stack.outermost(read.walked().size());
		return of(detector, thread, read, outermost, leaf, outermost, null, null);
	}

	private AttributedCall of(String detector, String thread, ReadStack stack, Hook outermost, Hook leaf, Hook former,
			@Nullable String route, @Nullable String traceId) {
		List<Seen> frames = stack.walked();
		int first = Callers.first(frames, outermost, leaf);
		Seen site = site(frames);
		Seen offender = (site == null) ? Callers.ofLibrary(outermost, frames, first) : Callers.direct(frames, first);
		String rule = rule(outermost, leaf, frames, first, Callers.called(frames, first));
		String api = (site == null && leaf.rule().equals(Catalog.CLASS_LOADING)) ? leaf.api()
				: api(outermost, leaf, frames, first);
		InterfaceCall client = client(rule, frames.subList(first, frames.size()));
		if (client != null) {
			rule = client.rule();
			api = client.api();
		}
		Frame siteFrame = MethodReferences.frame(site, frames);
		boolean preventable = site != null && site == offender && outermost.throwSafe() && leaf.throwSafe()
				&& Callers.isCalledDirectly(frames, first, outermost);
		Finding finding = new Finding(detector, rule, api,
				(outermost.defaultActionOverride() != null) ? outermost.defaultActionOverride()
						: leaf.defaultActionOverride(),
				origin(site, offender), siteFrame,
				(offender == null) ? null : (offender == site) ? siteFrame : offender(leaf, siteFrame, offender),
				(offender != null) ? offender.type() : null, preventable, stack.callStack(), thread, route, traceId,
				(site != null) ? LibraryCalls.called(this.catalog, frames) : null,
				FormerKeys.of(this, outermost, former, leaf, stack.former()),
				(leaf.reason() != null) ? leaf.reason() : Callers.initialiser(stack.callStack().frames()));
		boolean consuming = isConsuming(api, frames.subList(0, first));
		return new AttributedCall(finding, outermost.use() == (consuming ? Hook.Use.STEP : Hook.Use.OPENS), consuming);
	}

	/**
	 * Returns whether the outermost hook only happens to run the call that blocks the
	 * current thread: code of others stands between them.
	 * @param outermost hook of an API that runs code of others
	 * @return whether the call is one of its own
	 */
	public boolean isHosted(Hook outermost) {
		return this.stackReader.isHosted(outermost);
	}

	/**
	 * Returns whether the current thread initialises a class, at any depth. An error
	 * thrown there makes the class unusable for ever. Calls that share a path differ in
	 * this, so it is found out for each call that is about to be prevented.
	 * @return whether a class initialiser is on the stack
	 */
	public boolean isInitialising() {
		return this.stackReader.isInitialising();
	}

	/**
	 * Loads what is only needed on some stacks.
	 */
	public static void warmUp() {
		ControlInversion.of(FutureTask.class);
		ProxiedCalls.name(Hook.declared(""), List.of());
		ControlInversion.inverted(Thread.class, "run");
		ControlInversion.runs(Thread.class, "run");
	}

	/**
	 * Returns whether a class is the application's.
	 * @param className binary name of the class
	 * @return whether it is in one of its packages
	 */
	public boolean isApplication(String className) {
		return this.applicationPackages.contain(className);
	}

	/**
	 * Attributes again what was found before the application's packages were known.
	 * @param finding what was found
	 * @return the same if nothing changes
	 */
	public Finding revise(Finding finding) {
		if (finding.site() != null) {
			return finding;
		}
		for (StackTraceElement element : finding.stack().path()) {
			if (this.applicationPackages.contain(element.getClassName())
					&& !ClassProfiles.isGenerated(element.getClassName())) {
				return finding.stack().runners().contains(element) ? finding : finding.withSite(Frame.of(element));
			}
		}
		return finding;
	}

	static @Nullable Seen site(List<Seen> frames) {
		if (frames.isEmpty()) {
			return null;
		}
		Seen last = frames.get(frames.size() - 1);
		return (last.kind() == Kind.APPLICATION && !last.runsTask()) ? last : null;
	}

	private static boolean isConsuming(String api, List<Seen> called) {
		return CONSUMERS.stream().anyMatch(api::startsWith) || called.stream()
			.anyMatch((frame) -> frame.element().getClassName().startsWith(HTTP_CONNECTION)
					&& "read".equals(frame.element().getMethodName()));
	}

	/**
	 * Names the offender. Frameworks and libraries load classes all over their code while
	 * an application warms up, and a single place is not worth a fix: without a site,
	 * there is no offender.
	 */
	static @Nullable Frame offender(Hook leaf, @Nullable Frame site, Seen offender) {
		return (site == null && leaf.rule().equals(Catalog.CLASS_LOADING)) ? null : Frame.of(offender.element());
	}

	static Origin origin(@Nullable Seen site, @Nullable Seen offender) {
		if (site != null) {
			return Origin.APPLICATION;
		}
		if (offender == null) {
			return Origin.UNKNOWN;
		}
		return (offender.kind() == Kind.FRAMEWORK) ? Origin.FRAMEWORK : Origin.LIBRARY;
	}

	/**
	 * Returns the rule of a call.
	 * @param first index of the first frame outside what was called
	 * @param called index of the frame of the JDK that was called
	 */
	String rule(Hook outermost, Hook leaf, List<Seen> frames, int first, int called) {
		if (outermost != leaf && (outermost.named() || outermost.kind() == Hook.Kind.ENCLOSING)) {
			return outermost.rule();
		}
		for (int i = first - 1; i >= 0; i--) {
			StackTraceElement element = frames.get(i).element();
			String implied = this.catalog.ruleOfCall(leaf.rule(), element.getClassName(), element.getMethodName(),
					i == called);
			if (implied != null) {
				return implied;
			}
		}
		return leaf.rule();
	}

	@Nullable InterfaceCall client(String rule, List<Seen> callers) {
		return LibraryCalls.throughInterface(this.catalog, rule, callers);
	}

	/**
	 * Names the API: the method of the JDK that code outside of it called. Where the
	 * entry hook lies beyond a library, as a JDBC driver below
	 * {@code DriverManager.getConnection}, its caller counts, not the library.
	 */
	private static String api(Hook outermost, Hook leaf, List<Seen> frames, int first) {
		String proxied = (outermost.isDeclared() || !LibraryCalls.isOfLibrary(outermost)
				|| outermost.rule().equals(Catalog.MARKED_BLOCKING)) ? null : ProxiedCalls.name(outermost, frames);
		return (proxied != null) ? proxied : directApi(outermost, leaf, frames, first, Seen::isCall);
	}

	static String directApi(Hook outermost, Hook leaf, List<Seen> frames, int first, Predicate<Seen> api) {
		if (outermost.isDeclared()) {
			return outermost.api();
		}
		if (LibraryCalls.isOfLibrary(outermost)) {
			return outermost.rule().equals(Catalog.MARKED_BLOCKING) ? outermost.api()
					: LibraryCalls.name(outermost, frames);
		}
		int end = (first == frames.size() && first > 1) ? first - 1 : first;
		if (outermost != leaf) {
			for (int i = first; i < frames.size(); i++) {
				if (LibraryCalls.isMethod(frames.get(i), outermost)) {
					end = i + 1;
				}
			}
			while (end > first && end < frames.size() && frames.get(end).isJdk()) {
				end++;
			}
		}
		for (int i = end - 1; i >= 0; i--) {
			Seen frame = frames.get(i);
			if (api.test(frame)) {
				return PublicApi.name(frame.type(), frame.element().getMethodName());
			}
		}
		return leaf.api();
	}

}
