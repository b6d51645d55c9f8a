package com.acme.shop;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import com.example.fuzz.Code;
import com.example.fuzz.Frames;
import com.example.fuzz.Numbered;

/**
 * Hands its part to Reactor, which calls it at once.
 */
@Frames({ "#", "!" })
final class Operators {

	private Operators() {
	}

	static Code map(Code code) {
		return flow(Mono.just(1).map((it) -> {
			code.go();
			return it;
		}));
	}

	@Numbered(to = 4, repeats = true)
	static Code mapMany(Code code, int times) {
		return flow(Flux.range(0, times).map((it) -> {
			code.go();
			return it;
		}));
	}

	static Code fused(Code code) {
		return flow(Flux.just(1).hide().map((it) -> it + 1).filter((it) -> {
			code.go();
			return true;
		}).map((it) -> it + 1));
	}

	static Code flatMap(Code code) {
		return flow(Mono.just(1).flatMap((it) -> {
			code.go();
			return Mono.empty();
		}));
	}

	static Code flatMapInner(Code code) {
		return flow(Flux.just(1).flatMap((it) -> Mono.fromCallable(() -> {
			code.go();
			return it;
		})));
	}

	static Code concatMap(Code code) {
		return flow(Flux.just(1).hide().concatMap((it) -> {
			code.go();
			return Mono.just(it);
		}));
	}

	static Code doOnNext(Code code) {
		return flow(Mono.just(1).doOnNext((it) -> code.go()));
	}

	static Code doOnSubscribe(Code code) {
		return flow(Mono.just(1).doOnSubscribe((it) -> code.go()));
	}

	static Code doFinally(Code code) {
		return flow(Mono.just(1).doFinally((it) -> code.go()));
	}

	static Code handle(Code code) {
		return flow(Mono.just(1).handle((it, sink) -> {
			code.go();
			sink.next(it);
		}));
	}

	static Code defer(Code code) {
		return flow(Mono.defer(() -> {
			code.go();
			return Mono.empty();
		}));
	}

	static Code fromCallable(Code code) {
		return flow(Mono.fromCallable(() -> {
			code.go();
			return 1;
		}));
	}

	static Code fromRunnable(Code code) {
		return flow(Mono.fromRunnable(() -> code.go()));
	}

	static Code create(Code code) {
		return flow(Mono.create((sink) -> {
			code.go();
			sink.success();
		}));
	}

	static Code generate(Code code) {
		return flow(Flux.generate((sink) -> {
			code.go();
			sink.complete();
		}));
	}

	static Code using(Code code) {
		return flow(Mono.using(() -> 1, (it) -> Mono.just(it), (it) -> code.go()));
	}

	static Code usingResource(Code code) {
		return flow(Flux.using(() -> {
			code.go();
			return 1;
		}, (it) -> Flux.just(it), (it) -> {
		}));
	}

	static Code transformDeferred(Code code) {
		return flow(Mono.just(1).transformDeferred((it) -> {
			code.go();
			return it;
		}));
	}

	static Code contextWrite(Code code) {
		return flow(Mono.just(1).contextWrite((context) -> {
			code.go();
			return context.put("key", 1);
		}));
	}

	static Code deferContextual(Code code) {
		return flow(Mono.deferContextual((context) -> {
			code.go();
			return Mono.just(context.size());
		}).contextWrite((context) -> context.put("key", 1)));
	}

	static Code zip(Code code) {
		return flow(Mono.zip(Mono.just(1), Mono.just(2), (one, other) -> {
			code.go();
			return one + other;
		}));
	}

	static Code onErrorResume(Code code) {
		return flow(Mono.error(new IllegalStateException("expected")).onErrorResume((ex) -> {
			code.go();
			return Mono.empty();
		}));
	}

	@Numbered(to = 3, repeats = true)
	static Code retry(Code code, int times) {
		return () -> {
			AtomicInteger left = new AtomicInteger(times);
			subscribe(Mono.fromCallable(() -> {
				code.go();
				if (left.decrementAndGet() > 0) {
					throw new IllegalStateException("expected");
				}
				return 1;
			}).retryWhen(Retry.max(times)));
		};
	}

	static Code reduce(Code code) {
		return flow(Flux.range(0, 2).reduce((one, other) -> {
			code.go();
			return one + other;
		}));
	}

	static Code scan(Code code) {
		return flow(Flux.just(1).scan(0, (one, other) -> {
			code.go();
			return one + other;
		}));
	}

	static Code collect(Code code) {
		return flow(Flux.just(1).collectMap((it) -> {
			code.go();
			return it;
		}));
	}

	static Code iterable(Code code) {
		return flow(Mono.just(1).flatMapIterable((it) -> {
			code.go();
			return Map.of(1, 1).keySet();
		}));
	}

	static Code expand(Code code) {
		return flow(Mono.just(1).expand((it) -> {
			if (it == 1) {
				code.go();
			}
			return (it < 3) ? Mono.just(it + 1) : Mono.empty();
		}));
	}

	static Code subscriber(Code code) {
		return () -> Mono.just(1).subscribe((it) -> code.go(), (ex) -> {
		});
	}

	static Code sink(Code code) {
		return () -> {
			Sinks.Many<Integer> sink = Sinks.many().multicast().directBestEffort();
			sink.asFlux().subscribe((it) -> code.go(), (ex) -> {
			});
			sink.tryEmitNext(1);
		};
	}

	/** Its own subscriber is the application, not what delivers to it. */
	@Frames({ "Receiver#hookOnNext", "!" })
	static Code baseSubscriber(Code code) {
		return () -> Mono.just(1).subscribe(new Receiver(code));
	}

	@Frames("!Delivery#onNext")
	static Code ownSubscriber(Code code) {
		return () -> new Delivery(code).onNext(1);
	}

	@Frames("!Source#subscribe")
	static Code ownPublisher(Code code) {
		return () -> subscribe(new Source(code));
	}

	static Code stage(Code code) {
		return () -> CompletableFuture.completedFuture(1).thenAccept((it) -> code.go());
	}

	static Code laterStage(Code code) {
		return () -> {
			CompletableFuture<Integer> future = new CompletableFuture<>();
			future.thenApply((it) -> {
				code.go();
				return it;
			});
			future.complete(1);
		};
	}

	static Code runAsync(Code code) {
		return () -> CompletableFuture.runAsync(() -> code.go(), (task) -> task.run());
	}

	private static Code flow(Publisher<?> publisher) {
		return () -> subscribe(publisher);
	}

	private static void subscribe(Publisher<?> publisher) {
		Flux.from(publisher).subscribe((it) -> {
		}, (ex) -> {
		});
	}

	private static final class Receiver extends BaseSubscriber<Object> {

		private final Code code;

		Receiver(Code code) {
			this.code = code;
		}

		@Override
		protected void hookOnNext(Object value) {
			this.code.go();
		}

		@Override
		protected void hookOnError(Throwable failure) {
		}

	}

	private record Delivery(Code code) implements CoreSubscriber<Object> {

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(Object value) {
			this.code.go();
		}

		@Override
		public void onError(Throwable failure) {
		}

		@Override
		public void onComplete() {
		}

	}

	private static final class Source extends Mono<Object> {

		private final Code code;

		Source(Code code) {
			this.code = code;
		}

		@Override
		public void subscribe(CoreSubscriber<? super Object> actual) {
			this.code.go();
			Mono.empty().subscribe(actual);
		}

	}

}
