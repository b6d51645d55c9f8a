package io.github.loopguard.detect.stack;

import java.util.HashMap;
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

	private static final String EXECUTOR = "java.util.concurrent.Executor";

	/**
	 * Methods of an executor in which its caller may wait, as for the lock of its queue,
	 * without that a task runs in them.
	 */
	private static final Set<String> QUEUEING = Set.of("execute", "submit", "schedule", "rejectedExecution");

	private static final Map<String, String> TASKS = Map.of("java.lang.Runnable", "run",
			"java.util.concurrent.Callable", "call");

	private static final Set<String> RUNNERS = Set.of(EXECUTOR, "java.lang.Thread", "reactor.core.Disposable");

	private ControlInversion() {
	}

	/**
	 * Returns the methods of a class that invert control.
	 */
	static Methods of(Class<?> type) {
		if ("java.util.concurrent.CompletableFuture$Signaller".equals(type.getName())) {
			return Methods.NONE;
		}
		Map<String, Role> roles = new HashMap<>();
		boolean all = ClassHierarchy.anyMatch(type, (name) -> {
			Set<String> methods = METHODS.getOrDefault(name, Set.of());
			methods.forEach((method) -> roles.merge(method, role(name, method), Role::stronger));
			String task = TASKS.get(name);
			if (task != null) {
				roles.merge(task, Role.TASK, Role::stronger);
			}
			return methods == ALL;
		});
		return all ? Methods.ALL : roles.isEmpty() ? Methods.NONE : new Methods(false, Map.copyOf(roles));
	}

	private static Role role(String typeName, String methodName) {
		return (typeName.equals(EXECUTOR) && QUEUEING.contains(methodName)) ? Role.QUEUES : Role.INVERTS;
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
		return ClassHierarchy.anyMatch(type, (name) -> RUNNERS.contains(name) && concerns(name, methodName)
				&& role(name, methodName) == Role.INVERTS);
	}

	/**
	 * Returns whether a method takes tasks of others, and may run them at once.
	 */
	static boolean queues(Class<?> type, String methodName) {
		return QUEUEING.contains(methodName) && ClassHierarchy.anyMatch(type, EXECUTOR::equals);
	}

	private static boolean concerns(String typeName, String methodName) {
		Set<String> methods = METHODS.get(typeName);
		return methods != null && (methods == ALL || methods.contains(methodName));
	}

	/**
	 * What a method does to those who stand outside of it, the weakest first.
	 */
	enum Role {

		/** They asked for what is inside. */
		NONE,

		/** The same; but an executor that stands outside ran it, as a task. */
		TASK,

		/**
		 * Whoever stands outside did not ask for a task that runs inside, if one does.
		 */
		QUEUES,

		/** Whoever stands outside did not ask for what is inside. */
		INVERTS;

		private Role stronger(Role other) {
			return (compareTo(other) < 0) ? other : this;
		}

		/**
		 * Returns whether it inverts control.
		 * @param ran whether a task runs inside
		 */
		boolean inverts(boolean ran) {
			return this == INVERTS || (ran && this == QUEUES);
		}

	}

	/**
	 * Methods of one class that matter to those who stand outside of them.
	 *
	 * @param all whether all invert control
	 * @param roles what they do otherwise, by their names
	 */
	record Methods(boolean all, Map<String, Role> roles) {

		static final Methods NONE = new Methods(false, Map.of());

		static final Methods ALL = new Methods(true, Map.of());

		/**
		 * Returns whether no method does anything, so that its name need not be looked
		 * at.
		 */
		boolean isEmpty() {
			return this == NONE;
		}

		Role role(String methodName) {
			return this.all ? Role.INVERTS : this.roles.getOrDefault(methodName, Role.NONE);
		}

	}

}
