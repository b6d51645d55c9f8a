package com.example.supervised;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.runtime.Loopguard;

/**
 * Blocks at the end of the stack of an event loop before anything has blocked one, and
 * prints what is found of the calls on other event loops afterwards.
 */
public final class ColdStackProgram {

	static final int TASKS = 20;

	private static final List<Runnable> CALLS = List.of(() -> new File("nowhere").exists(),
			() -> new File("nowhere").list(), () -> LockSupport.parkNanos(1), StackEnd::sleep);

	private ColdStackProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		// What the JDK loads where there is no stack left is broken for ever.
		CALLS.forEach(Runnable::run);
		twice();
		Loopguard.instance().install(ApplicationPackages.of(List.of("com.example.supervised")));
		CALLS.forEach(Runnable::run);
		twice();
		Scheduler loop = Schedulers.newSingle("loop", true);
		for (int i = 0; i < 3; i++) {
			for (Runnable call : CALLS) {
				StackEnd.on(loop, () -> {
					StackEnd.descend(call);
					return null;
				});
			}
		}
		loop.dispose();
		Loopguard.instance().ledger().clear();
		long failures = Loopguard.instance().failures();
		Scheduler other = Schedulers.newSingle("other", true);
		for (int i = 0; i < TASKS; i++) {
			StackEnd.on(other, () -> {
				twice();
				return null;
			});
		}
		Map<String, Long> found = new TreeMap<>();
		Loopguard.instance().ledger().violations().forEach((it) -> found.merge(it.api(), it.count(), Long::sum));
		found.forEach((api, count) -> System.out.println(api + ": " + count));
		System.out.println("failures: " + (Loopguard.instance().failures() - failures));
		System.out.println("problem: " + Loopguard.instance().detectors().get(0).reason());
		System.exit(0);
	}

	private static void twice() {
		for (int i = 0; i < 2; i++) {
			CALLS.forEach(Runnable::run);
		}
	}

}
