package io.github.loopguard.detect;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.AttributedCall;
import io.github.loopguard.detect.stack.Attribution;
import io.github.loopguard.detect.stack.PublicApi;
import io.github.loopguard.detect.stack.RunningMethods;
import io.github.loopguard.detect.stack.StackHash;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Decision;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

/**
 * Runs all code once that a first occurrence runs, with a ledger of its own.
 */
final class RecorderWarmup {

	private final Catalog catalog;

	private final Hook hook;

	private final RequestSource requestSource;

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
		new FirstUse().add("", RecorderWarmup.class.getClassLoader(), new Ledger(this.catalog));
		Attribution.warmUp();
		RunningMethods.contain(this.hook);
		count(new Decision(Action.LOG, Action.LOG, Duration.ofMillis(1), null, null));
		count(new Decision(Action.LOG, Action.LOG, Duration.ZERO, Allowances.shipped().all().get(0), null));
	}

	private void count(Decision decision) {
		Finding nameless = new Finding("warm-up", this.hook.rule(), "", null, Origin.UNKNOWN, null, null, null, false,
				CallStack.NONE, "", null, null);
		OccurrenceCounter counter = new Ledger(this.catalog).counter(nameless, decision);
		counter.begun();
		counter.heldBack();
		counter.prevented();
		counter.ended(1);
		counter.givenUp();
		counter.isOutdated();
	}

	private void run(ApplicationPackages applicationPackages) {
		Ledger ledger = new Ledger(this.catalog);
		PolicyVersion version = PolicyVersion.of(this.catalog, applicationPackages,
				new Policy(this.catalog, Map.of(), Allowances.NONE));
		Occurrence occurrence = new Occurrence(null);
		for (int i = 0; i < 2; i++) {
			StackHash stack = version.attribution().hash(this.hook, this.hook, 0);
			long key = version.attribution().key(stack.walker().walk(stack));
			version.attribution().isHosted(this.hook);
			AttributedCall call = version.attribution()
				.of(this.hook, this.hook, 0, this.hook, this.requestSource.current().route(), null);
			CallPath path = CallPath.of(call, false, version.policy().decide(call.finding()));
			path = path.countedBy(ledger.counter(call.finding(), path.decision()));
			version.paths().put(key, path);
			path.continues(path);
			occurrence.begin(path, null, null, this.requestSource);
			if (!occurrence.isToFail()) {
				occurrence.fail(version.attribution(), false);
				new PreventedCall(path.api(), path.rule()).message();
			}
			occurrence.end(1);
		}
	}

}
