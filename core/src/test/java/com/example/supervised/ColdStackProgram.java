package com.example.supervised;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
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
			() -> new File("nowhere").list(), () -> LockSupport.parkNanos(1), ColdStackProgram::sleep);

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
				on(loop, () -> {
					descend(call);
					return null;
				});
			}
		}
		loop.dispose();
		Loopguard.instance().ledger().clear();
		long failures = Loopguard.instance().failures();
		Scheduler other = Schedulers.newSingle("other", true);
		for (int i = 0; i < TASKS; i++) {
			on(other, () -> {
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

	/**
	 * Calls at every depth at which there is too little stack, until there is enough.
	 */
	private static void descend(Runnable call) {
		try {
			descend(call);
		}
		catch (StackOverflowError ex) {
			call.run();
		}
	}

	private static void twice() {
		for (int i = 0; i < 2; i++) {
			CALLS.forEach(Runnable::run);
		}
	}

	private static void sleep() {
		try {
			Thread.sleep(0, 1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void on(Scheduler loop, Callable<?> call) throws Exception {
		FutureTask<?> task = new FutureTask<>(call);
		loop.schedule(task);
		task.get();
	}

}
