package com.example.supervised;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Blocking;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

/**
 * Blocks at the end of the stack of an event loop, then where there is stack enough, and
 * prints how often that is found.
 */
public final class StackProgram {

	static final int TIMES = 25;

	private static final Map<String, Runnable> CALLS = Map.of("state of a file", () -> new File("nowhere").exists(),
			"listing a directory", () -> new File("nowhere").list(), "parking", () -> LockSupport.parkNanos(1),
			"sleeping", StackEnd::sleep, "declared", () -> Blocking.mayBlock("declared"));

	private StackProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		Loopguard.instance().install(ApplicationPackages.of(List.of("com.example.supervised")));
		for (Map.Entry<String, Runnable> call : CALLS.entrySet()) {
			Scheduler loop = Schedulers.newSingle("loop", true);
			// What is loaded where there is no stack left is broken for ever.
			StackEnd.on(loop, () -> {
				call.getValue().run();
				return blocks();
			});
			Loopguard.instance().ledger().clear();
			for (int i = 0; i < TIMES; i++) {
				StackEnd.on(loop, () -> {
					StackEnd.descend(call.getValue());
					return blocks();
				});
			}
			long found = Loopguard.instance()
				.ledger()
				.violations()
				.stream()
				.filter((violation) -> violation.site() != null && "blocks".equals(violation.site().methodName()))
				.mapToLong(Violation::count)
				.sum();
			System.out.println(call.getKey() + ": " + found);
			loop.dispose();
		}
		System.out.println("failures: " + Loopguard.instance().failures());
		System.out.println("healed: " + Loopguard.instance().healed());
		System.out.println("status: " + Loopguard.instance().detectors().get(0).state());
		System.exit(0);
	}

	private static boolean blocks() {
		return new File("nowhere").canRead();
	}

}
