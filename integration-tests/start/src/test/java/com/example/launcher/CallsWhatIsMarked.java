package com.example.launcher;

import com.example.start.StartApplication;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Calls the method of a sealed class that {@link Marks} marks.
 */
public final class CallsWhatIsMarked {

	private CallsWhatIsMarked() {
	}

	public static void main(String[] args) {
		StartApplication.main(args);
		Mono.fromRunnable(() -> new Marks.Sealed.Only().work()).subscribeOn(Schedulers.parallel()).block();
	}

}
