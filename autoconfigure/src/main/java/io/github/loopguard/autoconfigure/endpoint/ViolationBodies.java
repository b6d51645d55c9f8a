package io.github.loopguard.autoconfigure.endpoint;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.Held;
import io.github.loopguard.Library;
import io.github.loopguard.Offender;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.FrameBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.HeldBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.LibraryBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.OffenderBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.SiteBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.ViolationBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.WaitedBody;

/**
 * Brings violations into the form of the JSON.
 */
final class ViolationBodies {

	private ViolationBodies() {
	}

	static ViolationBody of(Violation violation) {
		Held held = violation.held();
		return new ViolationBody(violation.id(), violation.rule(), violation.api(), violation.detectors(),
				violation.origin(), violation.action(), violation.owner(), violation.tolerated(),
				site(violation.site()), offender(violation.offender()), frame(violation.assemblySite()),
				violation.count(), violation.firstSeen(), violation.lastSeen(), violation.heldBack(),
				new HeldBody(held.count(), held.total(), held.max(), held.p99()),
				new WaitedBody(violation.waited().tasks()), violation.threads(), violation.route(), violation.traceId(),
				violation.docs(), violation.fix());
	}

	private static @Nullable FrameBody frame(@Nullable Frame frame) {
		return (frame != null)
				? new FrameBody(frame.className(), frame.methodName(), frame.fileName(), frame.lineNumber()) : null;
	}

	private static @Nullable SiteBody site(@Nullable Site site) {
		return (site != null)
				? new SiteBody(site.className(), site.methodName(), site.fileName(), site.lineNumber(), site.lines())
				: null;
	}

	private static @Nullable OffenderBody offender(@Nullable Offender offender) {
		return (offender != null) ? new OffenderBody(offender.className(), offender.methodName(), offender.fileName(),
				offender.lineNumber(), library(offender.library())) : null;
	}

	private static @Nullable LibraryBody library(@Nullable Library library) {
		return (library != null) ? new LibraryBody(library.jar(), library.groupId(), library.artifactId(),
				library.version(), library.reportTo()) : null;
	}

}
