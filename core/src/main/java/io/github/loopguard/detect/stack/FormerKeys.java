package io.github.loopguard.detect.stack;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.ClassProfile.Kind;
import io.github.loopguard.detect.stack.LibraryCalls.InterfaceCall;
import io.github.loopguard.detect.stack.StackReader.Seen;
import io.github.loopguard.policy.Finding;

/**
 * Finds out what Loopguard 0.1 knew a violation by: it accused code that only ran a task,
 * had fewer control inversions, and knew nothing that encloses code of others, and no
 * annotations. So a baseline that it wrote still tolerates the violation.
 */
final class FormerKeys {

	private FormerKeys() {
	}

	/**
	 * Returns the former keys of a violation.
	 * @param attribution attribution of the present version
	 * @param present the outermost hook
	 * @param outermost the outermost hook for the former version
	 * @param leaf the leaf hook that fired
	 * @param frames frames that the former version walked
	 */
	static List<ViolationKey> of(Attribution attribution, Hook present, Hook outermost, Hook leaf, List<Seen> frames) {
		if (leaf.kind() == Hook.Kind.ANNOTATED) {
			return List.of();
		}
		int first = Callers.first(frames, outermost, leaf);
		Seen offender = offender(frames, first);
		Seen site = Attribution.site(frames);
		String rule = isOpeningUrl(frames.subList(0, first)) ? "http-request"
				: attribution.rule(outermost, leaf, frames, first, first - 1);
		InterfaceCall client = attribution.client(rule, frames.subList(first, frames.size()));
		String api = (client != null) ? client.api() : api(outermost, leaf, frames, first, site);
		Frame siteFrame = (site != null) ? Frame.of(site.element()) : null;
		Frame offenderFrame = (offender != null) ? Attribution.offender(leaf, siteFrame, offender) : null;
		Origin origin = Attribution.origin(site, offender);
		List<ViolationKey> keys = new ArrayList<>();
		keys.add(ViolationKey.of((client != null) ? client.rule() : rule, api, siteFrame, offenderFrame, origin));
		Catalog.formerNames(present)
			.forEach((it, itsRule) -> keys.add(ViolationKey.of(itsRule, it, siteFrame, offenderFrame, origin)));
		return keys;
	}

	/**
	 * Returns the first frame outside what was called, unless it is an executor's of a
	 * framework, which only ran tasks.
	 */
	private static @Nullable Seen offender(List<Seen> frames, int first) {
		Seen offender = Callers.direct(frames, first);
		return (offender != null && offender.kind() == Kind.FRAMEWORK
				&& ControlInversion.queues(offender.type(), offender.element().getMethodName())) ? null : offender;
	}

	/**
	 * Returns a finding that a former version counted as a part of another.
	 * @param finding the part
	 * @param whole what it was a part of
	 * @return the part, with all keys of the other
	 */
	static Finding add(Finding finding, Finding whole) {
		List<ViolationKey> keys = new ArrayList<>(finding.formerKeys());
		keys.add(whole.key());
		keys.addAll(whole.formerKeys());
		return finding.withFormerKeys(keys);
	}

	private static String api(Hook outermost, Hook leaf, List<Seen> frames, int first, @Nullable Seen site) {
		return (site == null && leaf.rule().equals(Catalog.CLASS_LOADING)) ? leaf.api()
				: Attribution.directApi(outermost, leaf, frames, first, Seen::isJdk);
	}

	/**
	 * Returns whether a URL is opened, which was a request whatever it led to.
	 */
	private static boolean isOpeningUrl(List<Seen> called) {
		return called.stream()
			.map(Seen::element)
			.anyMatch((it) -> "java.net.URL".equals(it.getClassName())
					&& ("openStream".equals(it.getMethodName()) || "getContent".equals(it.getMethodName())));
	}

}
