package io.github.loopguard.detect;

import java.util.List;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.ledger.Ledger;

/**
 * Goes once through all code that a first occurrence runs, with a ledger of its own.
 */
final class RecorderWarmup {

	private final Catalog catalog;

	private final RequestSource requestSource;

	private final Hook hook;

	RecorderWarmup(Catalog catalog, RequestSource requestSource) {
		this.catalog = catalog;
		this.requestSource = requestSource;
		this.hook = catalog.hooks().get(0);
	}

	void run() {
		run(ApplicationPackages.NONE);
		run(ApplicationPackages.of(List.of("reactor", "io.netty")));
		this.catalog.ruleOfCall(this.hook.rule(), this.hook.className(), this.hook.methodName(), true);
		PublicApi.name(Thread.class, "sleep");
	}

	private void run(ApplicationPackages applicationPackages) {
		Ledger ledger = new Ledger(this.catalog);
		Attribution attribution = new Attribution(this.catalog, ledger, applicationPackages, Allowances.NONE);
		for (int i = 0; i < 2; i++) {
			StackHash stack = attribution.stack(this.hook, this.hook);
			CallPath path = attribution.path(stack.walker().walk(stack), this.hook, this.hook, this.requestSource,
					null);
			path.tally().occurred(1);
			path.tally().held(1, 1);
			path.tally().heldBack();
			path.tally().prevented();
			path.continues(path);
			new PreventedCall(path.api(), path.rule()).message();
		}
	}

}
