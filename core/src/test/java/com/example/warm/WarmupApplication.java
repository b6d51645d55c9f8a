package com.example.warm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.detect.HookProbe;
import io.github.loopguard.detect.OccurrenceListener;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * Warms a recorder up and then blocks an event loop for the first time.
 */
final class WarmupApplication {

	private static final Hook OPERATION = Hook.declared("operation");

	private static final Error FAILURE = new AssertionError("expected");

	private static final OccurrenceListener LISTENER = (counter, request) -> {
		throw FAILURE;
	};

	private WarmupApplication() {
	}

	public static void main(String[] arguments) {
		Catalog catalog = Catalog.shipped();
		OccurrenceRecorder recorder = new OccurrenceRecorder(catalog, new Ledger(catalog),
				ApplicationPackages.of(List.of("com.example")), Policy.defaults(catalog));
		recorder.warmUp();
		int park = hook(catalog, "thread-park");
		Scheduler loop = Schedulers.newSingle("loop", true);
		run(loop, () -> probe());
		Begin.mark();
		run(loop, () -> {
			recorder.enter(park);
			recorder.exit(park);
		});
		recorder(loop, recorder);
		run(loop, () -> missReturns(recorder, park));
		run(loop, () -> failToRecord(recorder, park));
		End.mark();
		recorder.configure(ApplicationPackages.of(List.of("com.example")), failing(catalog));
		Begin.again();
		run(loop, () -> {
			for (int i = 0; i < catalog.hooks().size(); i++) {
				if (catalog.hooks().get(i).kind() == Kind.LEAF) {
					recorder.enter(i);
					recorder.exit(i);
				}
			}
			recorder.marked(OPERATION);
		});
		End.again();
		System.exit(0);
	}

	/**
	 * Loads a class where no frame is the application's.
	 */
	private static void recorder(Scheduler loop, OccurrenceRecorder recorder) {
		Mono.just("org/lib/Foo").publishOn(loop).doOnNext(new org.lib.Loader(recorder)).block(Duration.ofSeconds(10));
	}

	/**
	 * Leaves hooks whose return nobody tells, so that they are given up.
	 */
	private static void missReturns(OccurrenceRecorder recorder, int leaf) {
		for (int i = 0; i < 3; i++) {
			recorder.enter(leaf);
			recorder.marked(OPERATION);
			long start = System.nanoTime();
			while (System.nanoTime() - start < 2_000_000) {
				Thread.onSpinWait();
			}
		}
		recorder.enter(leaf);
		recorder.exit(leaf);
	}

	private static void failToRecord(OccurrenceRecorder recorder, int leaf) {
		recorder.listener(LISTENER);
		recorder.enter(leaf);
		recorder.exit(leaf);
		recorder.listener(null);
		recorder.enter(leaf);
		recorder.exit(leaf);
	}

	private static Policy failing(Catalog catalog) {
		Map<Origin, Action> fail = Map.of(Origin.APPLICATION, Action.FAIL, Origin.LIBRARY, Action.FAIL,
				Origin.FRAMEWORK, Action.FAIL, Origin.UNKNOWN, Action.FAIL);
		return new Policy(catalog, catalog.rules().stream().collect(Collectors.toMap(Rule::id, (rule) -> fail)));
	}

	private static void probe() {
		try {
			HookProbe.run(() -> null);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void run(Scheduler loop, Runnable task) {
		Mono.fromRunnable(task).subscribeOn(loop).block(Duration.ofSeconds(10));
	}

	private static int hook(Catalog catalog, String rule) {
		for (int i = 0; i < catalog.hooks().size(); i++) {
			if (catalog.hooks().get(i).kind() == Kind.LEAF && catalog.hooks().get(i).rule().equals(rule)) {
				return i;
			}
		}
		throw new IllegalStateException(rule);
	}

	static final class Begin {

		static void mark() {
		}

		static void again() {
			new BeginAgain();
		}

	}

	static final class End {

		static void mark() {
		}

		static void again() {
			new EndAgain();
		}

	}

	static final class BeginAgain {

	}

	static final class EndAgain {

	}

}
