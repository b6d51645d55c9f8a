package com.example.supervised;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import reactor.core.scheduler.Scheduler;

/**
 * Calls where there is next to no stack left.
 */
final class StackEnd {

	private StackEnd() {
	}

	/**
	 * Calls at every depth at which there is too little stack, until there is enough.
	 */
	static void descend(Runnable call) {
		try {
			descend(call);
		}
		catch (StackOverflowError ex) {
			call.run();
		}
	}

	static void sleep() {
		try {
			Thread.sleep(0, 1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	static void on(Scheduler loop, Callable<?> call) throws Exception {
		FutureTask<?> task = new FutureTask<>(call);
		loop.schedule(task);
		task.get();
	}

}
