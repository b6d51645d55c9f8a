package io.github.loopguard.test.tracking;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.HookProbe;
import io.github.loopguard.runtime.Loopguard;

/**
 * Checks that a blocking call is detected on a new thread and on each shared worker.
 * Threads that entered a hook while it was woven never detect it, so tests on them would
 * always pass.
 */
final class SelfCheck {

	private static final int TIMEOUT_SECONDS = 10;

	private SelfCheck() {
	}

	/**
	 * Runs the check.
	 * @return the problem and its remedy, or empty if there is none
	 */
	static Optional<String> run() {
		for (DetectorStatus detector : Loopguard.instance().detectors()) {
			if (detector.state() == State.UNAVAILABLE || detector.state() == State.OFF) {
				return Optional.of(Remedy
					.of("the detector '" + detector.name() + "' is " + detector.state() + ": " + detector.reason()));
			}
		}
		Scheduler fresh = Schedulers.newSingle("loopguard-check", true);
		try {
			return unseen(fresh).map(Remedy::of);
		}
		finally {
			fresh.dispose();
		}
	}

	private static Optional<String> unseen(Scheduler fresh) {
		Map<String, CompletableFuture<Boolean>> seen = new LinkedHashMap<>();
		List<Scheduler.Worker> workers = new ArrayList<>();
		try {
			probe("a new Reactor thread", fresh, seen, workers);
			probe("the worker of Schedulers.single()", Schedulers.single(), seen, workers);
			for (int i = 1; i <= Schedulers.DEFAULT_POOL_SIZE; i++) {
				probe("worker " + i + " of Schedulers.parallel()", Schedulers.parallel(), seen, workers);
			}
			return seen.entrySet()
				.stream()
				.filter((entry) -> !isSeen(entry.getValue()))
				.findFirst()
				.map((entry) -> "a call of File.exists on " + entry.getKey() + " was not seen; "
						+ "threads that exist before Loopguard is installed stay blind");
		}
		finally {
			workers.forEach(Scheduler.Worker::dispose);
		}
	}

	private static void probe(String name, Scheduler scheduler, Map<String, CompletableFuture<Boolean>> seen,
			List<Scheduler.Worker> workers) {
		Scheduler.Worker worker = scheduler.createWorker();
		workers.add(worker);
		CompletableFuture<Boolean> answer = new CompletableFuture<>();
		seen.put(name, answer);
		worker.schedule(() -> answer.complete(isCallSeen()));
	}

	private static boolean isCallSeen() {
		try {
			return !HookProbe.run(() -> new File("").exists()).isEmpty();
		}
		catch (Exception ex) {
			return false;
		}
	}

	private static boolean isSeen(CompletableFuture<Boolean> answer) {
		try {
			return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
	}

}
