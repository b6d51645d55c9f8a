package io.github.loopguard.detect.stack;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The methods beyond which a stack no longer shows who asked for a call: what stands
 * outside of them happened to deliver a signal, run a task or pass a request on.
 */
final class ControlInversion {

	private static final Set<String> ALL = Set.of("*");

	private static final String RX = "io.reactivex.rxjava3.";

	private static final String MUTINY = "io.smallrye.mutiny.";

	/** A stage that is complete runs what it is given at once. */
	private static final Set<String> STAGES = Stream
		.of("thenApply", "thenAccept", "thenRun", "thenCombine", "thenAcceptBoth", "runAfterBoth", "applyToEither",
				"acceptEither", "runAfterEither", "thenCompose", "handle", "whenComplete", "exceptionally",
				"exceptionallyCompose")
		.flatMap((name) -> Stream.of(name, name + "Async"))
		.collect(Collectors.toUnmodifiableSet());

	private static final Map<String, Set<String>> METHODS = Map.ofEntries(
			Map.entry("org.reactivestreams.Subscriber",
					Set.of("onSubscribe", "onNext", "tryOnNext", "onError", "onComplete")),
			Map.entry("org.reactivestreams.Subscription", Set.of("request", "cancel", "poll")),
			Map.entry("org.reactivestreams.Publisher", Set.of("subscribe", "subscribeOrReturn")),
			Map.entry("java.util.concurrent.Flow$Subscriber", Set.of("onSubscribe", "onNext", "onError", "onComplete")),
			Map.entry("java.util.concurrent.Flow$Subscription", Set.of("request", "cancel")),
			Map.entry("java.util.concurrent.Flow$Publisher", Set.of("subscribe")),
			Map.entry("java.util.concurrent.CompletionStage", STAGES),
			Map.entry("io.netty.channel.ChannelHandler", ALL),
			Map.entry("io.netty.util.concurrent.GenericFutureListener", Set.of("operationComplete")),
			Map.entry("java.util.concurrent.Executor",
					Set.of("execute", "submit", "schedule", "run", "runWorker", "runTask", "safeExecute", "runAllTasks",
							"rejectedExecution")),
			Map.entry("java.util.concurrent.RunnableFuture", Set.of("run", "runAndReset")),
			Map.entry("java.lang.Thread", Set.of("run", "runWith")),
			Map.entry("java.util.concurrent.ForkJoinTask", Set.of("doExec", "exec")),
			Map.entry("java.util.concurrent.CompletableFuture$Completion", Set.of("tryFire", "run", "exec")),
			Map.entry("reactor.core.Disposable", Set.of("run", "call")), Map.entry("reactor.core.publisher.Sinks", ALL),
			Map.entry("org.springframework.web.server.WebFilterChain", Set.of("filter")),
			Map.entry("org.springframework.web.server.WebHandler", Set.of("handle")),
			Map.entry("org.springframework.cloud.gateway.filter.GatewayFilterChain", Set.of("filter")),
			Map.entry("org.springframework.web.reactive.function.client.ExchangeFunction", Set.of("exchange")),
			Map.entry("jakarta.servlet.FilterChain", Set.of("doFilter")),
			Map.entry(RX + "core.Observer", Set.of("onSubscribe", "onNext", "onError", "onComplete")),
			Map.entry(RX + "core.SingleObserver", Set.of("onSubscribe", "onSuccess", "onError")),
			Map.entry(RX + "core.MaybeObserver", Set.of("onSubscribe", "onSuccess", "onError", "onComplete")),
			Map.entry(RX + "core.CompletableObserver", Set.of("onSubscribe", "onError", "onComplete")),
			Map.entry(RX + "core.ObservableSource", Set.of("subscribe")),
			Map.entry(RX + "core.SingleSource", Set.of("subscribe")),
			Map.entry(RX + "core.MaybeSource", Set.of("subscribe")),
			Map.entry(RX + "core.CompletableSource", Set.of("subscribe")),
			Map.entry(RX + "disposables.Disposable", Set.of("dispose")),
			Map.entry("io.vertx.core.Handler", Set.of("handle")),
			Map.entry("io.vertx.core.Completable", Set.of("complete", "succeed", "fail")),
			Map.entry("io.vertx.core.Promise", Set.of("complete", "tryComplete", "fail", "tryFail")),
			Map.entry("io.vertx.core.Future",
					Set.of("onComplete", "onSuccess", "onFailure", "addListener", "completeInternal")),
			Map.entry("kotlin.coroutines.Continuation", Set.of("resumeWith")),
			Map.entry(MUTINY + "Uni", Set.of("subscribe")),
			Map.entry(MUTINY + "subscription.UniSubscriber", Set.of("onSubscribe", "onItem", "onFailure")),
			Map.entry(MUTINY + "subscription.UniEmitter", Set.of("complete", "fail")),
			Map.entry(MUTINY + "subscription.MultiSubscriber", Set.of("onItem", "onFailure", "onCompletion")),
			Map.entry(MUTINY + "subscription.MultiEmitter", Set.of("emit", "fail", "complete")),
			Map.entry("io.grpc.stub.StreamObserver", Set.of("onNext", "onError", "onCompleted")),
			Map.entry("io.grpc.ServerCall$Listener", ALL), Map.entry("io.grpc.ClientCall$Listener", ALL),
			Map.entry("io.grpc.ServerCallHandler", Set.of("startCall")));

	/** Prefixes of types that Loopguard 0.1 did not know. */
	private static final Set<String> NEWER = Set.of(RX, MUTINY, "io.vertx.", "io.grpc.", "kotlin.",
			"java.util.concurrent.Flow$", "java.util.concurrent.CompletionStage");

	private static final Set<String> RUNNERS = Set.of("java.util.concurrent.Executor", "java.lang.Thread",
			"reactor.core.Disposable");

	private ControlInversion() {
	}

	/**
	 * Returns the methods of a class that invert control.
	 */
	static Methods of(Class<?> type) {
		if ("java.util.concurrent.CompletableFuture$Signaller".equals(type.getName())) {
			return Methods.NONE;
		}
		Set<String> names = new HashSet<>();
		boolean all = ClassHierarchy.anyMatch(type, (name) -> {
			Set<String> methods = METHODS.getOrDefault(name, Set.of());
			names.addAll(methods);
			return methods == ALL;
		});
		return all ? Methods.ALL : names.isEmpty() ? Methods.NONE : new Methods(false, Set.copyOf(names));
	}

	/**
	 * Returns whether a method inverted control for Loopguard 0.1, too.
	 */
	static boolean inverted(Class<?> type, String methodName) {
		return ClassHierarchy.anyMatch(type,
				(name) -> NEWER.stream().noneMatch(name::startsWith) && concerns(name, methodName));
	}

	/**
	 * Returns whether a method only runs tasks that others handed over.
	 */
	static boolean runs(Class<?> type, String methodName) {
		return ClassHierarchy.anyMatch(type, (name) -> RUNNERS.contains(name) && concerns(name, methodName));
	}

	private static boolean concerns(String typeName, String methodName) {
		Set<String> methods = METHODS.get(typeName);
		return methods != null && (methods == ALL || methods.contains(methodName));
	}

	/**
	 * Methods of one class that invert control.
	 *
	 * @param all whether all do
	 * @param names their names otherwise
	 */
	record Methods(boolean all, Set<String> names) {

		static final Methods NONE = new Methods(false, Set.of());

		static final Methods ALL = new Methods(true, Set.of());

		/**
		 * Returns whether no method does, so that its name need not be looked at.
		 */
		boolean isEmpty() {
			return this == NONE;
		}

		boolean contain(String methodName) {
			return this.all || this.names.contains(methodName);
		}

	}

}
