package io.github.loopguard.benchmarks.bridge;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/**
 * How long short tasks take over HTTP while long ones keep coming: on one bounded-elastic
 * scheduler, on one lane of as many threads, and on a lane of their own. Every way has
 * the same number of threads in all.
 */
public final class MixedLoad {

	private static final int THREADS = 8;

	private static final Duration LONG = Duration.ofMillis(500);

	private static final Duration SHORT = Duration.ofMillis(5);

	private static final int LONG_AT_ONCE = 10;

	private static final Duration RUN = Duration.ofSeconds(15);

	private MixedLoad() {
	}

	/**
	 * Runs the comparison and prints a table.
	 * @param args not used
	 */
	public static void main(String[] args) {
		System.out.printf("%-28s %8s %8s %8s %8s%n", "short tasks of 5 ms", "count", "p50 ms", "p99 ms", "max ms");
		Scheduler elastic = Schedulers.newBoundedElastic(THREADS, 100_000, "elastic");
		run("boundedElastic", (work) -> Mono.fromCallable(work).subscribeOn(elastic),
				(work) -> Mono.fromCallable(work).subscribeOn(elastic));
		elastic.dispose();
		lanes("platform", LaneKind.PLATFORM);
		if (Runtime.version().feature() >= 21) {
			lanes("virtual", LaneKind.VIRTUAL);
		}
		System.exit(0);
	}

	private static void lanes(String kind, LaneKind laneKind) {
		LaneSpec spec = LaneSpec.named("one").withKind(laneKind).withQueueCapacity(100_000);
		try (BlockingBridge bridge = new BlockingBridge(List.of(spec.withThreads(THREADS)))) {
			Lane one = bridge.lane("one");
			run("one lane, " + kind, one::call, one::call);
		}
		LaneSpec slow = LaneSpec.named("slow").withKind(laneKind).withQueueCapacity(100_000).withThreads(THREADS - 2);
		LaneSpec quick = LaneSpec.named("quick").withKind(laneKind).withQueueCapacity(100_000).withThreads(2);
		try (BlockingBridge bridge = new BlockingBridge(List.of(slow, quick))) {
			Lane slowLane = bridge.lane("slow");
			Lane quickLane = bridge.lane("quick");
			run("two lanes, " + kind, slowLane::call, quickLane::call);
		}
	}

	private static void run(String name, Function<Callable<String>, Mono<String>> slow,
			Function<Callable<String>, Mono<String>> quick) {
		Map<String, Mono<String>> routes = Map.of("/long", slow.apply(() -> sleep(LONG)), "/short",
				quick.apply(() -> sleep(SHORT)));
		DisposableServer server = HttpServer.create()
			.port(0)
			.route((paths) -> routes
				.forEach((path, work) -> paths.get(path, (request, response) -> response.sendString(work))))
			.bindNow();
		HttpClient client = HttpClient.create(ConnectionProvider.create(name, 2000)).port(server.port());
		load(client, Duration.ofSeconds(3));
		print(name, load(client, RUN));
		server.disposeNow();
	}

	/**
	 * Sends ten long tasks every second, which occupy five of the threads on average and
	 * all of them for a while, and a short one every 10 ms.
	 */
	private static long[] load(HttpClient client, Duration time) {
		ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
		Mono<Long> slow = Flux.interval(Duration.ZERO, Duration.ofSeconds(1))
			.take(time)
			.onBackpressureDrop()
			.flatMap((tick) -> Flux.range(0, LONG_AT_ONCE).flatMap((i) -> get(client, "/long")), 1000)
			.count();
		Mono<Long> quick = Flux.interval(Duration.ofMillis(10))
			.take(time)
			.onBackpressureDrop()
			.flatMap((tick) -> get(client, "/short").elapsed().doOnNext((timed) -> latencies.add(timed.getT1())), 1000)
			.count();
		Mono.zip(slow, quick).block(Duration.ofMinutes(2));
		return latencies.stream().mapToLong(Long::longValue).sorted().toArray();
	}

	private static Mono<String> get(HttpClient client, String path) {
		return client.get().uri(path).responseContent().aggregate().asString();
	}

	private static String sleep(Duration time) throws InterruptedException {
		Thread.sleep(time.toMillis());
		return "done";
	}

	private static void print(String name, long[] sorted) {
		System.out.println(String.format(Locale.ROOT, "%-28s %8d %8d %8d %8d", name, sorted.length, at(sorted, 0.5),
				at(sorted, 0.99), Arrays.stream(sorted).max().orElse(0)));
	}

	private static long at(long[] sorted, double quantile) {
		return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))];
	}

}
