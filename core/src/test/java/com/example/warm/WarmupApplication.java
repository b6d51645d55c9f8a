package com.example.warm;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.detect.HookProbe;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * Warms a recorder up and then blocks an event loop for the first time.
 */
final class WarmupApplication {

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
		End.mark();
		System.exit(0);
	}

	/**
	 * Loads a class where no frame is the application's.
	 */
	private static void recorder(Scheduler loop, OccurrenceRecorder recorder) {
		Mono.just("org/lib/Foo").publishOn(loop).doOnNext(new org.lib.Loader(recorder)).block(Duration.ofSeconds(10));
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

	}

	static final class End {

		static void mark() {
		}

	}

}
