package com.example.attribution;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.grpc.stub.StreamObserver;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.reactivex.rxjava3.core.CompletableObserver;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Observer;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.test.annotation.DirtiesContext;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.report.baseline.BaselineFile;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Application code that runs the task of a library, or delivers a signal to it: whatever
 * the library does then is the library's own.
 */
@SpringBootTest(classes = AttributionApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ControlInversionTests {

	private static final String LIBRARY = """
			package org.acme.signal;
			import io.reactivex.rxjava3.core.*;
			import io.reactivex.rxjava3.disposables.Disposable;
			import java.util.function.Consumer;
			public class Library implements java.util.function.Function<String, Object> {
				public Object apply(String name) {
					return switch (name) {
						case "task" -> new Task();
						case "observer" -> new Observers();
						case "single" -> new Singles();
						case "completable" -> new Completables();
						case "maybe" -> new Maybes();
						case "handler" -> (io.vertx.core.Handler<Object>) (event) -> block();
						case "flow" -> new Flows();
						case "continuation" -> new Continuations();
						case "uni" -> new Unis();
						case "stream-observer" -> new Streams();
						case "consumer" -> (Consumer<Object>) (value) -> block();
						default -> throw new IllegalArgumentException(name);
					};
				}
				static void block() {
					try {
						java.nio.file.Files.readString(java.nio.file.Path.of("pom.xml"));
					}
					catch (java.io.IOException ex) {
						throw new java.io.UncheckedIOException(ex);
					}
				}
				static class Task implements Runnable, java.util.concurrent.Callable<String> {
					public void run() {
						block();
					}
					public String call() {
						block();
						return "";
					}
				}
				static class Observers implements Observer<Object> {
					public void onSubscribe(Disposable disposable) { }
					public void onNext(Object value) { block(); }
					public void onError(Throwable failure) { }
					public void onComplete() { }
				}
				static class Singles implements SingleObserver<Object> {
					public void onSubscribe(Disposable disposable) { }
					public void onSuccess(Object value) { block(); }
					public void onError(Throwable failure) { }
				}
				static class Maybes implements MaybeObserver<Object> {
					public void onSubscribe(Disposable disposable) { }
					public void onSuccess(Object value) { block(); }
					public void onError(Throwable failure) { }
					public void onComplete() { }
				}
				static class Completables implements CompletableObserver {
					public void onSubscribe(Disposable disposable) { }
					public void onError(Throwable failure) { }
					public void onComplete() { block(); }
				}
				static class Flows implements java.util.concurrent.Flow.Subscriber<Object> {
					public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
						subscription.request(Long.MAX_VALUE);
					}
					public void onNext(Object value) { block(); }
					public void onError(Throwable failure) { }
					public void onComplete() { }
				}
				static class Continuations implements kotlin.coroutines.Continuation<Object> {
					public kotlin.coroutines.CoroutineContext getContext() {
						return kotlin.coroutines.EmptyCoroutineContext.INSTANCE;
					}
					public void resumeWith(Object result) { block(); }
				}
				static class Unis implements io.smallrye.mutiny.subscription.UniSubscriber<Object> {
					public void onSubscribe(io.smallrye.mutiny.subscription.UniSubscription subscription) { }
					public void onItem(Object value) { block(); }
					public void onFailure(Throwable failure) { }
				}
				static class Streams implements io.grpc.stub.StreamObserver<Object> {
					public void onNext(Object value) { block(); }
					public void onError(Throwable failure) { }
					public void onCompleted() { }
				}
			}
			""";

	/** What Loopguard 0.1 found in the same code. */
	private static final Baseline BASELINE = new BaselineFile(
			Path.of("src/test/resources/com/example/attribution/baseline-0.1.json"))
		.read()
		.orElseThrow();

	@TempDir
	private static Path directory;

	private static Function<String, Object> library;

	@BeforeAll
	@SuppressWarnings("unchecked")
	static void compile() {
		library = (Function<String, Object>) LibraryJar.newInstance(directory, "acme-signal-1.0.jar",
				Map.of("org.acme.signal.Library", LIBRARY));
	}

	static Stream<Way> runners() {
		return Stream.of(new Way("executor around an executor", () -> {
			CompletableFuture<Void> done = new CompletableFuture<>();
			new Decorators.UserExecutor((task) -> Schedulers.parallel().schedule(() -> {
				task.run();
				done.complete(null);
			})).execute(of("task"));
			done.join();
		}), new Way("hook of Reactor's schedulers", () -> {
			Schedulers.onScheduleHook("wrapping", (task) -> () -> task.run());
			try {
				Mono.fromRunnable(of("task")).subscribeOn(Schedulers.parallel()).block();
			}
			finally {
				Schedulers.resetOnScheduleHook("wrapping");
			}
		}), new Way("task around a task", () -> schedule(new Decorators.UserTask(of("task")))),
				new Way("task around a callable",
						() -> schedule(Decorators.discarding(ControlInversionTests.<Callable<?>>of("task")))),
				new Way("method that runs a task", () -> schedule(Decorators.asUser(of("task")))),
				new Way("reference to a task's method",
						() -> schedule(ControlInversionTests.<Runnable>of("task")::run)),
				new Way("thread with a queue", () -> {
					Decorators.Worker worker = new Decorators.Worker();
					worker.execute(of("task"));
					worker.join();
				}));
	}

	static Stream<Way> deliverers() {
		PublishSubject<Object> subject = PublishSubject.create();
		CompletableSubject completable = CompletableSubject.create();
		SingleSubject<Object> single = SingleSubject.create();
		MaybeSubject<Object> maybe = MaybeSubject.create();
		Promise<Object> promise = Promise.promise();
		CompletableFuture<UniEmitter<? super Object>> uni = new CompletableFuture<>();
		UnicastProcessor<Object> multi = UnicastProcessor.create();
		CompletableFuture<Object> future = new CompletableFuture<>();
		return Stream.of(new Way("RxJava observer", () -> {
			subject.subscribe(ControlInversionTests.<Observer<Object>>of("observer"));
			onLoop(() -> subject.onNext("value"));
		}), new Way("RxJava observer that is subscribed", () -> onLoop(
				() -> Observable.just("value").subscribe(ControlInversionTests.<Observer<Object>>of("observer")))),
				new Way("RxJava single", () -> {
					single.subscribe(ControlInversionTests.<SingleObserver<Object>>of("single"));
					onLoop(() -> single.onSuccess("value"));
				}), new Way("RxJava maybe", () -> {
					maybe.subscribe(ControlInversionTests.<MaybeObserver<Object>>of("maybe"));
					onLoop(() -> maybe.onSuccess("value"));
				}), new Way("RxJava completable", () -> {
					completable.subscribe(ControlInversionTests.<CompletableObserver>of("completable"));
					onLoop(completable::onComplete);
				}), new Way("Vert.x promise", () -> {
					promise.future().onSuccess(ControlInversionTests.<Handler<Object>>of("handler"));
					onLoop(() -> promise.complete("value"));
				}),
				new Way("Vert.x future that is complete",
						() -> onLoop(() -> Future.<Object>succeededFuture("value")
							.onSuccess(ControlInversionTests.<Handler<Object>>of("handler")))),
				new Way("subscriber of java.util.concurrent.Flow", () -> {
					Flow.Subscriber<Object> subscriber = of("flow");
					onLoop(() -> subscriber.onNext("value"));
				}), new Way("Kotlin continuation", () -> {
					Continuation<Object> continuation = of("continuation");
					onLoop(() -> continuation.resumeWith("value"));
				}), new Way("Mutiny Uni", () -> {
					Uni.createFrom()
						.<Object>emitter(uni::complete)
						.subscribe()
						.withSubscriber(ControlInversionTests.<UniSubscriber<Object>>of("uni"));
					onLoop(() -> uni.join().complete("value"));
				}), new Way("Mutiny Multi", () -> {
					multi.subscribe(ControlInversionTests.<Flow.Subscriber<Object>>of("flow"));
					onLoop(() -> multi.onNext("value"));
				}), new Way("gRPC stream", () -> {
					StreamObserver<Object> observer = of("stream-observer");
					onLoop(() -> observer.onNext("value"));
				}), new Way("stage of a future", () -> {
					future.thenAccept(ControlInversionTests.<Consumer<Object>>of("consumer"));
					onLoop(() -> future.complete("value"));
				}),
				new Way("stage of a future that is complete",
						() -> onLoop(() -> CompletableFuture.<Object>completedFuture("value")
							.thenAccept(ControlInversionTests.<Consumer<Object>>of("consumer")))));
	}

	@ParameterizedTest
	@MethodSource({ "runners", "deliverers" })
	void applicationIsInnocent(Way way) throws Throwable {
		Loopguard.instance().ledger().clear();
		way.code().run();
		Violation violation = AttributionApplication.only();
		assertThat(violation.rule()).isEqualTo("file-read");
		assertThat(violation.site()).isNull();
		assertThat(violation.origin()).isEqualTo(Origin.LIBRARY);
		assertThat(violation.offender().className()).isEqualTo("org.acme.signal.Library");
		assertThat(violation.offender().methodName()).isEqualTo("block");
		// The walk of 0.1 ended there, too.
		if (!way.name().equals("stage of a future")) {
			assertThat(BASELINE.find(violation.key())).isNull();
			assertThat(BASELINE.find(violation.key(), violation.formerKeys())).as("entry of Loopguard 0.1").isNotNull();
		}
	}

	static Stream<Way> executorsThatRunAtOnce() {
		ThreadPoolExecutor full = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>(),
				new ThreadPoolExecutor.CallerRunsPolicy());
		CompletableFuture<Void> end = new CompletableFuture<>();
		return Stream.of(new Way("policy by which the caller runs", () -> {
			full.execute(end::join);
			onLoop(() -> full.execute(of("task")));
			end.complete(null);
			full.shutdown();
		}), new Way("executor of Netty", () -> onLoop(() -> ImmediateEventExecutor.INSTANCE.execute(of("task")))),
				new Way("executor of Spring",
						() -> onLoop(() -> new SyncTaskExecutor().execute(ControlInversionTests.<Runnable>of("task")))),
				new Way("submission", () -> onLoop(
						() -> ImmediateEventExecutor.INSTANCE.submit(ControlInversionTests.<Runnable>of("task")))),
				new Way("handler of what is rejected", () -> {
					ThreadPoolExecutor closed = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
							new SynchronousQueue<>(),
							(task, executor) -> ImmediateEventExecutor.INSTANCE.execute(task));
					closed.shutdown();
					onLoop(() -> closed.execute(of("task")));
				}));
	}

	@ParameterizedTest
	@MethodSource
	void executorsThatRunAtOnce(Way way) throws Throwable {
		Loopguard.instance().ledger().clear();
		way.code().run();
		Violation violation = AttributionApplication.only();
		assertThat(violation.site()).isNull();
		assertThat(violation.origin()).isEqualTo(Origin.LIBRARY);
		assertThat(violation.offender().className()).isEqualTo("org.acme.signal.Library");
	}

	private static void schedule(Runnable task) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		Schedulers.parallel().schedule(() -> {
			try {
				task.run();
			}
			finally {
				done.complete(null);
			}
		});
		done.join();
	}

	private static void onLoop(Runnable task) {
		InnocentTests.onLoop(Schedulers.parallel()::schedule, task);
	}

	@SuppressWarnings("unchecked")
	private static <T> T of(String name) {
		return (T) library.apply(name);
	}

	private record Way(String name, Code code) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	private interface Code {

		void run() throws Throwable;

	}

}
