package io.github.loopguard.detect;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.detect.history.CallHistory;
import io.github.loopguard.detect.stack.AttributedCall;
import io.github.loopguard.detect.stack.Attribution;
import io.github.loopguard.detect.stack.PublicApi;
import io.github.loopguard.detect.stack.RunningMethods;
import io.github.loopguard.detect.stack.StackHash;
import io.github.loopguard.detect.timeline.Timeline;
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

	private static final Hook OPERATION = Hook.declared("warm-up");

	private static final IllegalStateException FAILURE = new IllegalStateException("warm-up");

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
		try {
			record(Policy.defaults(this.catalog));
			record(failing());
		}
		finally {
			LoopThreads.forget();
		}
		count(new Decision(Action.LOG, Action.LOG, Duration.ofMillis(1), null, null));
		count(new Decision(Action.LOG, Action.LOG, Duration.ZERO, Allowances.shipped().all().get(0), null));
	}

	/**
	 * Records with a recorder of its own, as if the current thread were an event loop:
	 * calls of each kind of hook, calls whose return is missed, and what fails.
	 */
	private void record(Policy policy) {
		OccurrenceRecorder recorder = new OccurrenceRecorder(this.catalog, new Ledger(this.catalog),
				ApplicationPackages.NONE, policy);
		recorder.requestSource(this.requestSource);
		LoopThread thread = LoopThreads.current();
		int leaf = first(Kind.LEAF);
		for (Kind around : Kind.values()) {
			int hook = first(around);
			if (hook >= 0) {
				recorder.enter(hook);
				recorder.enter(leaf);
				recorder.exit(leaf);
				recorder.exit(hook);
			}
		}
		recorder.marked(OPERATION);
		for (int i = 0; i < 2; i++) {
			recorder.enter(leaf);
			thread.annotated.enter(leaf, 0);
			thread.suspect = true;
			recorder.marked(OPERATION);
		}
		recorder.listener((counter, request) -> {
			throw FAILURE;
		});
		recorder.enter(leaf);
		recorder.exit(leaf);
		recorder.listener(null);
		recorder.enter(leaf);
		recorder.exit(leaf);
		recorder.problem();
	}

	private int first(Kind kind) {
		List<Hook> hooks = this.catalog.hooks();
		for (int i = 0; i < hooks.size(); i++) {
			if (hooks.get(i).kind() == kind) {
				return i;
			}
		}
		return -1;
	}

	private Policy failing() {
		Map<String, Map<Origin, Action>> actions = new HashMap<>();
		for (Rule rule : this.catalog.rules()) {
			Map<Origin, Action> fail = new EnumMap<>(Origin.class);
			for (Origin origin : Origin.values()) {
				fail.put(origin, Action.FAIL);
			}
			actions.put(rule.id(), fail);
		}
		return new Policy(this.catalog, actions);
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
		Occurrence occurrence = new Occurrence(null, new CallHistory(), Timeline::begin);
		for (int i = 0; i < 2; i++) {
			StackHash stack = version.attribution().hash(this.hook, this.hook, 0);
			long key = version.attribution().key(stack.walker().walk(stack));
			version.attribution().isHosted(this.hook);
			version.attribution().isInitialising();
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
			annotated(version, key, path, new PathFinder(ledger, () -> version));
		}
	}

	private static void annotated(PolicyVersion version, long key, CallPath path, PathFinder paths) {
		AnnotatedCall call = new AnnotatedCall();
		call.enter(0, 0);
		call.begin(0, path, version, key, 0);
		call.tellIfLasting(Long.MAX_VALUE, paths);
		call.leave(0);
		call.ended(paths, call.end());
		call.giveUp();
	}

}
