package io.github.loopguard.detect;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.ClassProfile.Kind;
import io.github.loopguard.detect.LibraryCalls.InterfaceCall;
import io.github.loopguard.detect.StackReader.Seen;
import io.github.loopguard.detect.StackReader.Stack;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Finding;

/**
 * Finds out whose call a blocking call was. Immutable but for its memory of call paths;
 * replaced when the application's packages or the policy change.
 */
final class Attribution {

	private static final List<String> CONSUMERS = List.of("java.util.stream.", "java.util.Iterator",
			"java.util.Spliterator", "java.lang.Iterable", "java.util.ArrayList");

	private static final String HTTP_CONNECTION = "sun.net.www.protocol.http.";

	private final Catalog catalog;

	private final Ledger ledger;

	private final ApplicationPackages applicationPackages;

	private final AllowedCalls allowances;

	private final StackReader stackReader;

	private final RepeatCache repeats = new RepeatCache();

	Attribution(Catalog catalog, Ledger ledger, ApplicationPackages applicationPackages, Allowances allowances) {
		this.catalog = catalog;
		this.ledger = ledger;
		this.applicationPackages = applicationPackages;
		this.allowances = new AllowedCalls(allowances);
		this.stackReader = new StackReader(new ClassProfiles(applicationPackages, allowances),
				this.allowances.concern(applicationPackages));
	}

	/**
	 * Returns a hash of the stack of the occurrence that has just begun on this thread,
	 * which the caller is to walk. Each frame costs, Loopguard's own too, so the walk
	 * starts as near to the hook as can be.
	 * @param outermost the entry hook around it, or the leaf hook itself
	 * @param leaf the leaf hook that fired
	 */
	StackHash stack(Hook outermost, Hook leaf) {
		return this.stackReader.hash(31L * System.identityHashCode(outermost) + System.identityHashCode(leaf));
	}

	/**
	 * Returns the path of the occurrence that has just begun on this thread.
	 * @param stack the stack, walked
	 * @param outermost the entry hook around it, or the leaf hook itself
	 * @param leaf the leaf hook that fired
	 * @param request finds the request the thread works on
	 * @param opener the last call on this thread that may still be going on, or
	 * {@code null}
	 */
	CallPath path(StackHash stack, Hook outermost, Hook leaf, RequestSource request, @Nullable CallPath opener) {
		long key = this.stackReader.key(stack);
		CallPath known = this.repeats.get(key);
		CallPath path = (known != null) ? known : walk(outermost, leaf, request.current());
		Finding pending = path.pending();
		if (pending != null && !path.continues(opener)) {
			path = path.countedBy((path.allowance() != null) ? this.ledger.allowed(path.allowance(), path.rule())
					: this.ledger.tally(pending));
		}
		if (path != known) {
			this.repeats.put(key, path);
		}
		return path;
	}

	private CallPath walk(Hook outermost, Hook leaf, Request request) {
		Stack stack = this.stackReader.read();
		List<Seen> frames = stack.walked();
		int first = firstOutsideTheJdk(frames, outermost, leaf);
		Seen offender = (first < frames.size() && !isRunner(frames.get(first))) ? frames.get(first) : null;
		Seen site = (!frames.isEmpty() && frames.get(frames.size() - 1).kind() == Kind.APPLICATION)
				? frames.get(frames.size() - 1) : null;
		Origin origin = origin(site, offender);
		String rule = rule(outermost, leaf, frames, first);
		String api = (site == null && leaf.rule().equals(Catalog.CLASS_LOADING)) ? leaf.api()
				: api(outermost, leaf, frames, first);
		InterfaceCall client = LibraryCalls.throughInterface(this.catalog, rule, frames.subList(first, frames.size()));
		if (client != null) {
			rule = client.rule();
			api = client.api();
		}
		Action defaultActionOverride = (outermost.defaultActionOverride() != null) ? outermost.defaultActionOverride()
				: leaf.defaultActionOverride();
		Frame siteFrame = (site != null) ? FrameNames.of(site.element()) : null;
		Finding finding = new Finding("blockhound", rule, api, defaultActionOverride, origin, siteFrame,
				(offender != null) ? offender(leaf, siteFrame, offender) : null,
				(offender != null) ? offender.type() : null, stack.all(), frames.size(),
				Thread.currentThread().getName(), request.route(), request.traceId());
		Allowance allowance = this.allowances.find(stack);
		boolean fail = allowance == null
				&& this.ledger.policy().action(rule, origin, defaultActionOverride, finding.key()) == Action.FAIL;
		boolean preventable = fail && site != null && site == offender && outermost.throwSafe() && leaf.throwSafe()
				&& isCalledStraight(frames, first, outermost);
		boolean consuming = isConsuming(api, frames.subList(0, first));
		return new CallPath(OccurrenceCounter.IGNORED, rule, api,
				(siteFrame != null) ? siteFrame.className() + "#" + siteFrame.methodName() : null,
				outermost.lazy() && !consuming, consuming, preventable, fail && !preventable, finding, allowance);
	}

	/**
	 * Tells whether this thread initialises a class, at any depth. An error thrown there
	 * makes the class unusable for ever. The answer differs between calls that share a
	 * path, so it is found out for each call that is about to be prevented.
	 */
	boolean isInitialising() {
		return this.stackReader.isInitialising();
	}

	/**
	 * Attributes again what was found before the application's packages were known.
	 * @param finding what was found
	 * @return the same if nothing changes
	 */
	Finding revise(Finding finding) {
		if (finding.site() != null) {
			return finding;
		}
		for (StackTraceElement element : finding.stack().subList(0, finding.walked())) {
			if (this.applicationPackages.contain(element.getClassName())
					&& !ClassProfiles.isGenerated(element.getClassName())) {
				return finding.withSite(FrameNames.of(element));
			}
		}
		return finding;
	}

	private static int firstOutsideTheJdk(List<Seen> frames, Hook outermost, Hook leaf) {
		int first = 0;
		while (first < frames.size() && isCalled(frames.get(first), outermost, leaf)) {
			first++;
		}
		return first;
	}

	/**
	 * Tells whether a frame belongs to what was called rather than to who called it.
	 */
	private static boolean isCalled(Seen frame, Hook outermost, Hook leaf) {
		return switch (frame.kind()) {
			case JDK, GENERATED, DETECTOR -> true;
			case APPLICATION -> false;
			case FRAMEWORK, LIBRARY -> {
				String className = frame.element().getClassName();
				yield className.equals(leaf.className()) || ClassLoader.class.isAssignableFrom(frame.type())
						|| (outermost == leaf && className.equals(outermost.className()));
			}
		};
	}

	/**
	 * Tells whether a frame only runs what others handed over, and is innocent of it.
	 */
	private static boolean isRunner(Seen frame) {
		return frame.kind() == Kind.FRAMEWORK && ControlInversion.runs(frame.type(), frame.element().getMethodName());
	}

	/**
	 * Tells whether the first frame outside what was called made the call of the
	 * outermost hook itself, at most by way of a constructor or of an overload in a
	 * supertype. An error thrown beneath any other code of the JDK might leave that
	 * broken: a constructor of a socket that connects does not close it, for example.
	 */
	private static boolean isCalledStraight(List<Seen> frames, int first, Hook outermost) {
		for (int i = first - 1; i >= 0; i--) {
			StackTraceElement element = frames.get(i).element();
			if (element.getClassName().equals(outermost.className())) {
				return outermost.kind() == Hook.Kind.LEAF || !"<init>".equals(element.getMethodName());
			}
			if (!"<init>".equals(element.getMethodName()) && !isOverload(frames, i, outermost)) {
				return false;
			}
		}
		return first == 0;
	}

	private static boolean isOverload(List<Seen> frames, int index, Hook outermost) {
		return index > 0 && frames.get(index).element().getMethodName().equals(outermost.methodName())
				&& frames.get(index).type().isAssignableFrom(frames.get(index - 1).type());
	}

	private static boolean isConsuming(String api, List<Seen> called) {
		return CONSUMERS.stream().anyMatch(api::startsWith) || called.stream()
			.anyMatch((frame) -> frame.element().getClassName().startsWith(HTTP_CONNECTION)
					&& "read".equals(frame.element().getMethodName()));
	}

	/**
	 * Names the offender. Frameworks and libraries load classes all over their code while
	 * an application warms up, and nobody can do anything about a single place: without a
	 * site, nobody is named.
	 */
	private static @Nullable Frame offender(Hook leaf, @Nullable Frame site, Seen offender) {
		return (site == null && leaf.rule().equals(Catalog.CLASS_LOADING)) ? null : FrameNames.of(offender.element());
	}

	private static Origin origin(@Nullable Seen site, @Nullable Seen offender) {
		if (site != null) {
			return Origin.APPLICATION;
		}
		if (offender == null) {
			return Origin.UNKNOWN;
		}
		return (offender.kind() == Kind.FRAMEWORK) ? Origin.FRAMEWORK : Origin.LIBRARY;
	}

	private String rule(Hook outermost, Hook leaf, List<Seen> frames, int first) {
		if (outermost != leaf && outermost.named()) {
			return outermost.rule();
		}
		for (int i = first - 1; i >= 0; i--) {
			StackTraceElement element = frames.get(i).element();
			String implied = this.catalog.ruleOfCall(leaf.rule(), element.getClassName(), element.getMethodName(),
					i == first - 1);
			if (implied != null) {
				return implied;
			}
		}
		return leaf.rule();
	}

	/**
	 * Names the API: the method of the JDK that code outside of it called. Where the
	 * entry hook lies beyond a library, as a JDBC driver below
	 * {@code DriverManager.getConnection}, its caller counts, not the library.
	 */
	private static String api(Hook outermost, Hook leaf, List<Seen> frames, int first) {
		if (outermost.isDeclared()) {
			return outermost.api();
		}
		if (outermost.availability().library()) {
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
			while (end > first && end < frames.size() && frames.get(end).kind() == Kind.JDK) {
				end++;
			}
		}
		for (int i = end - 1; i >= 0; i--) {
			Seen frame = frames.get(i);
			if (frame.kind() == Kind.JDK) {
				return PublicApi.name(frame.type(), frame.element().getMethodName());
			}
		}
		return leaf.api();
	}

}
