package com.acme.shop;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import com.example.fuzz.Code;
import com.example.fuzz.Frames;
import com.example.fuzz.Hop;
import com.example.fuzz.Loops;
import com.example.fuzz.Task;

/**
 * Lets another thread run its part, or this one later.
 */
final class Hops {

	private Hops() {
	}

	@Hop
	static Code execute(Code code) {
		return () -> Loops.local().execute(() -> code.go());
	}

	@Hop
	static Code submit(Code code) {
		return () -> Loops.nio().submit((Callable<Integer>) () -> {
			code.go();
			return 1;
		});
	}

	@Hop
	static Code schedule(Code code) {
		return () -> Loops.local().schedule(() -> code.go(), 1, TimeUnit.MILLISECONDS);
	}

	/** The failure ends the repetition. */
	@Hop
	static Code repeated(Code code) {
		return () -> Loops.nio().scheduleAtFixedRate(() -> {
			code.go();
			throw new IllegalStateException("expected");
		}, 0, 60, TimeUnit.SECONDS);
	}

	/** Runs a task of others, which it submitted. */
	@Hop
	@Frames({})
	static Code task(Code code) {
		return () -> Loops.nio().execute(new Task(code));
	}

	@Hop
	@Frames("~#")
	static Code wrappedTask(Code code) {
		return () -> {
			Runnable task = new Task(code);
			Loops.local().execute(() -> task.run());
		};
	}

	@Hop
	static Code parallel(Code code) {
		return () -> Schedulers.parallel().schedule(() -> code.go());
	}

	@Hop
	static Code single(Code code) {
		return () -> Schedulers.single().schedule(() -> code.go(), 1, TimeUnit.MILLISECONDS);
	}

	@Hop
	static Code worker(Code code) {
		return () -> {
			Scheduler.Worker worker = Schedulers.parallel().createWorker();
			worker.schedule(() -> {
				try {
					code.go();
				}
				finally {
					worker.dispose();
				}
			});
		};
	}

	@Hop
	static Code subscribeOn(Code code) {
		return () -> Mono.fromCallable(() -> {
			code.go();
			return 1;
		}).subscribeOn(Schedulers.parallel()).subscribe((it) -> {
		}, (ex) -> {
		});
	}

	@Hop
	static Code publishOn(Code code) {
		return () -> Flux.just(1).hide().publishOn(Schedulers.single()).map((it) -> {
			code.go();
			return it;
		}).subscribe((it) -> {
		}, (ex) -> {
		});
	}

	@Hop
	static Code publishOnLoop(Code code) {
		return () -> Mono.just(1)
			.publishOn(Schedulers.fromExecutor(Loops.local()))
			.doOnNext((it) -> code.go())
			.subscribe((it) -> {
			}, (ex) -> {
			});
	}

	@Hop
	static Code delay(Code code) {
		return () -> Mono.delay(Duration.ofMillis(1)).subscribe((it) -> code.go(), (ex) -> {
		});
	}

	@Hop
	static Code delayElement(Code code) {
		return () -> Mono.just(1).delayElement(Duration.ofMillis(1)).map((it) -> {
			code.go();
			return it;
		}).subscribe((it) -> {
		}, (ex) -> {
		});
	}

	@Hop
	static Code runAsync(Code code) {
		return () -> CompletableFuture.runAsync(() -> code.go(), Loops.nio());
	}

	@Hop
	static Code thenApplyAsync(Code code) {
		return () -> CompletableFuture.completedFuture(1).thenApplyAsync((it) -> {
			code.go();
			return it;
		}, Loops.local());
	}

	@Hop(loop = false)
	static Code elastic(Code code) {
		return () -> Schedulers.boundedElastic().schedule(() -> code.go());
	}

	@Hop(loop = false)
	static Code subscribeOnElastic(Code code) {
		return () -> Mono.fromRunnable(() -> code.go()).subscribeOn(Schedulers.boundedElastic()).subscribe((it) -> {
		}, (ex) -> {
		});
	}

	@Hop(loop = false)
	static Code thread(Code code) {
		return () -> Loops.threads().execute(() -> code.go());
	}

}
