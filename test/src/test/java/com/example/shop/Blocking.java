package com.example.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Code of an application that blocks in one place, and the shapes of reactive code around
 * it that swallow errors.
 */
public final class Blocking {

	private Blocking() {
	}

	public static String read() {
		try {
			return Files.readString(Path.of("pom.xml"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static Mono<String> plain() {
		return Mono.fromCallable(Blocking::read);
	}

	public static Mono<String> onErrorReturn() {
		return plain().onErrorReturn("nothing");
	}

	public static Mono<String> onErrorContinue() {
		return Flux.just(1, 2).map((number) -> read()).onErrorContinue((error, value) -> {
		}).last("nothing");
	}

	public static Mono<String> catchThrowable() {
		return Mono.fromSupplier(() -> {
			try {
				return read();
			}
			catch (Throwable ex) {
				return "nothing";
			}
		});
	}

	public static Mono<String> retryWithFallback() {
		return plain().retryWhen(Retry.max(2)).onErrorResume((error) -> Mono.just("nothing"));
	}

	public static Mono<String> fireAndForget(Scheduler scheduler) {
		return Mono.fromSupplier(() -> {
			plain().subscribeOn(scheduler).subscribe((text) -> {
			}, (error) -> {
			});
			return "begun";
		});
	}

	public static Mono<String> schedule(Scheduler scheduler) {
		return Mono.fromSupplier(() -> {
			scheduler.schedule(Blocking::read);
			return "begun";
		});
	}

	public static Mono<String> fixed() {
		return plain().subscribeOn(Schedulers.boundedElastic());
	}

	/**
	 * Blocks after a while, on the shared parallel workers.
	 */
	public static CompletableFuture<String> later(Duration delay) {
		return Mono.delay(delay).map((tick) -> read()).toFuture();
	}

}
