package io.github.loopguard.autoconfigure.endpoint;

import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.AllowanceBody;

/**
 * Converts allowances to JSON bodies.
 */
final class AllowanceBodies {

	private AllowanceBodies() {
	}

	static AllowanceBody of(AllowanceStatus status) {
		Allowance allowance = status.allowance();
		String reason = (status.problem() != null) ? allowance.reason() + ". " + status.problem() : allowance.reason();
		return new AllowanceBody(allowance.id(), allowance.library(), allowance.method(), allowance.category(), reason,
				allowance.source(), allowance.owner(),
				(allowance.until() != null) ? allowance.until().toString() : null, status.state(), status.count());
	}

}
