package com.example.launcher;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import com.example.start.StartApplication;

/**
 * Runs what {@link Allows} allows on an event loop.
 */
public final class CallsWhatIsAllowed {

	private CallsWhatIsAllowed() {
	}

	public static void main(String[] args) {
		StartApplication.main(args);
		Allows.Task task = new Allows.Task(0, 1);
		Mono.fromRunnable(task).subscribeOn(Schedulers.parallel()).block();
		System.out.println("The task read " + task.length + " characters");
	}

}
