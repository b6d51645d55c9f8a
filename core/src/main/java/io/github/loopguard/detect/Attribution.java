package io.github.loopguard.detect;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Action;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Origin;
import io.github.loopguard.detect.ClassProfile.Kind;
import io.github.loopguard.detect.StackReader.Seen;
import io.github.loopguard.detect.StackReader.Stack;
import io.github.loopguard.violation.Finding;
import io.github.loopguard.violation.Frame;
import io.github.loopguard.violation.Ledger;

/**
 * Finds out whose call a blocking call was. Immutable but for its memory of call paths;
 * replaced when the application's packages or the policy change.
 */
final class Attribution {

	private static final List<String> CONSUMERS = List.of("java.util.stream.", "java.util.Iterator",
			"java.util.Spliterator", "java.lang.Iterable", "java.util.ArrayList");

	private final Catalog catalog;

	private final Ledger ledger;

	private final ApplicationPackages applicationPackages;

	private final StackReader stackReader;

	private final RepeatCache repeats = new RepeatCache();

	Attribution(Catalog catalog, Ledger ledger, ApplicationPackages applicationPackages) {
		this.catalog = catalog;
		this.ledger = ledger;
		this.applicationPackages = applicationPackages;
		this.stackReader = new StackReader(new ClassProfiles(applicationPackages));
	}

	/**
	 * Returns the path of the occurrence that has just begun on this thread.
	 * @param outermost the entry hook around it, or the leaf hook itself
	 * @param leaf the leaf hook that fired
	 * @param request finds the request the thread works on
	 */
	CallPath path(Hook outermost, Hook leaf, RequestSource request) {
		long key = this.stackReader.hash(31L * System.identityHashCode(outermost) + System.identityHashCode(leaf));
		CallPath known = this.repeats.get(key);
		if (known != null) {
			return known;
		}
		CallPath path = walk(outermost, leaf, request.current());
		this.repeats.put(key, path);
		return path;
	}

	private CallPath walk(Hook outermost, Hook leaf, Request request) {
		Stack stack = this.stackReader.read();
		List<Seen> frames = stack.walked();
		int first = firstOutsideTheJdk(frames, outermost, leaf);
		Seen offender = (first < frames.size()) ? frames.get(first) : null;
		Seen site = (!frames.isEmpty() && frames.get(frames.size() - 1).kind() == Kind.APPLICATION)
				? frames.get(frames.size() - 1) : null;
		Origin origin = origin(site, offender);
		String rule = rule(outermost, leaf, frames, first);
		String api = api(outermost, leaf, frames, first);
		Action loudness = (outermost.loudness() != null) ? outermost.loudness() : leaf.loudness();
		Frame siteFrame = (site != null) ? FrameNames.of(site.element()) : null;
		Finding finding = new Finding("blockhound", rule, api, loudness, origin, siteFrame,
				(offender != null) ? FrameNames.of(offender.element()) : null,
				(offender != null) ? offender.type() : null, stack.all(), Thread.currentThread().getName(),
				request.route(), request.traceId());
		boolean consuming = CONSUMERS.stream().anyMatch(api::startsWith);
		boolean preventable = site != null && site == offender && outermost.throwSafe() && leaf.throwSafe()
				&& frames.stream().noneMatch((frame) -> "<clinit>".equals(frame.element().getMethodName()));
		return new CallPath(this.ledger, finding, outermost.lazy() && !consuming, consuming, preventable);
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
		List<StackTraceElement> stack = finding.stack();
		for (StackTraceElement element : stack.subList(0, Math.min(stack.size(), StackReader.MOST_FRAMES))) {
			if (this.applicationPackages.contain(element.getClassName())) {
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
				yield className.equals(leaf.className())
						|| (outermost == leaf && className.equals(outermost.className()));
			}
		};
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
			String implied = this.catalog.ruleOfCall(element.getClassName(), element.getMethodName(), i == first - 1);
			if (implied != null) {
				return implied;
			}
		}
		return leaf.rule();
	}

	private static String api(Hook outermost, Hook leaf, List<Seen> frames, int first) {
		if (outermost.availability().library()) {
			return libraryApi(outermost, frames);
		}
		for (int i = first - 1; i >= 0; i--) {
			Seen frame = frames.get(i);
			if (frame.kind() == Kind.JDK) {
				return PublicApi.name(frame.type(), frame.element().getMethodName());
			}
		}
		return leaf.api();
	}

	private static String libraryApi(Hook outermost, List<Seen> frames) {
		for (Seen frame : frames) {
			StackTraceElement element = frame.element();
			if (element.getClassName().equals(outermost.className())
					&& element.getMethodName().equals(outermost.methodName())) {
				return PublicApi.name(frame.type(), outermost.methodName());
			}
		}
		return outermost.api();
	}

}
