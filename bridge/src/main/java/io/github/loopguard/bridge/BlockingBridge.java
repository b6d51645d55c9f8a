package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes blocking work off the event loop:
 * {@code bridge.call(() -> Files.readString(path))}.
 * <p>
 * Used directly, it is the default lane, {@code Schedulers.boundedElastic()};
 * {@link #lane(String)} gives a bounded place of its own to work that shall neither
 * suffer from other work nor harm it. {@link #cpu} is for work that computes. Safe for
 * use by many threads.
 *
 * @since 0.1
 */
public final class BlockingBridge implements Lane, AutoCloseable {

	/**
	 * Name of the lane that the bridge itself stands for.
	 */
	public static final String DEFAULT_LANE = "default";

	/**
	 * Name of the lane for work that computes.
	 */
	public static final String CPU_LANE = "cpu";

	private final Map<String, EngineLane> lanes = new ConcurrentSkipListMap<>();

	private final List<Consumer<String>> observers = new CopyOnWriteArrayList<>();

	private volatile @Nullable CallDecorator decorator;

	/**
	 * Creates a bridge that is not shared.
	 * @param lanes the named lanes; one named {@value #DEFAULT_LANE} replaces
	 * {@code boundedElastic}, one named {@value #CPU_LANE} the lane for computing
	 */
	public BlockingBridge(Collection<LaneSpec> lanes) {
		this.lanes.put(DEFAULT_LANE, new EngineLane(new ElasticEngine(DEFAULT_LANE), null));
		this.lanes.put(CPU_LANE,
				new EngineLane(
						new PoolEngine(
								LaneSpec.named(CPU_LANE).withThreads(Runtime.getRuntime().availableProcessors())),
						null));
		lanes.forEach(this::define);
	}

	/**
	 * Returns the bridge of this JVM: the bean of the Spring application, or one with
	 * only the default lanes where there is none.
	 * @return the bridge
	 */
	public static BlockingBridge shared() {
		return SharedBridge.get();
	}

	/**
	 * Makes a bridge the one that {@link #shared()} returns until it is closed. If
	 * somebody has already taken the shared bridge and nobody has configured it, it is
	 * the one that gets the lanes, so that all use the same.
	 * @param lanes the named lanes, as in {@link #BlockingBridge(Collection)}
	 * @return the bridge
	 */
	public static BlockingBridge share(Collection<LaneSpec> lanes) {
		return SharedBridge.configure((bridge) -> lanes.forEach(bridge::define));
	}

	/**
	 * Defines a lane. One of the same name is replaced: it takes no more calls, and ends
	 * what is in flight.
	 * @param spec its limits
	 * @return the lane
	 */
	public Lane define(LaneSpec spec) {
		EngineLane lane = new EngineLane(new PoolEngine(spec), null);
		lane.engine().decorate(this.decorator);
		EngineLane replaced = this.lanes.put(spec.name(), lane);
		if (replaced != null) {
			replaced.engine().close(Duration.ofMinutes(1)).subscribe();
		}
		else {
			this.observers.forEach((observer) -> observer.accept(spec.name()));
		}
		return lane;
	}

	/**
	 * Tells the name of every lane: those there are, and those that are defined later.
	 * @param observer is told each name, on the thread that defines the lane
	 */
	public void whenDefined(Consumer<String> observer) {
		this.observers.add(observer);
		List.copyOf(this.lanes.keySet()).forEach(observer);
	}

	/**
	 * Decorates the calls of all lanes that are made from now on.
	 * @param decorator what to add to each, {@code null} for nothing
	 */
	public void decorate(@Nullable CallDecorator decorator) {
		this.decorator = decorator;
		this.lanes.values().forEach((lane) -> lane.engine().decorate(decorator));
	}

	/**
	 * Returns a lane by its name.
	 * @param name name of the lane
	 * @return the lane
	 * @throws UnknownLaneException if nobody defined it
	 */
	public Lane lane(String name) {
		return engineLane(name);
	}

	private EngineLane engineLane(String name) {
		EngineLane lane = this.lanes.get(name);
		if (lane == null) {
			throw new UnknownLaneException(name, this.lanes.keySet());
		}
		return lane;
	}

	/**
	 * Returns the state of every lane, the default one included, sorted by name.
	 * @return a snapshot
	 */
	public List<LaneStatus> lanes() {
		List<LaneStatus> all = new ArrayList<>();
		for (EngineLane lane : this.lanes.values()) {
			all.add(lane.status());
		}
		return List.copyOf(all);
	}

	/**
	 * Runs work that computes rather than waits, on as many threads as there are cores.
	 * @param work what to compute
	 * @param <T> type of the result
	 * @return as in {@link #call}
	 */
	public <T> Mono<T> cpu(Callable<? extends @Nullable T> work) {
		return engineLane(CPU_LANE).call(work);
	}

	/**
	 * Accepts no more calls, lets those in flight end, and interrupts what remains when
	 * the time is over.
	 * @param grace how long calls in flight may take
	 * @return completes when all has ended or was interrupted; does nothing until it is
	 * subscribed to
	 */
	public Mono<Void> closeGracefully(Duration grace) {
		return Flux.fromIterable(this.lanes.values())
			.flatMap((lane) -> lane.engine().close(grace))
			.doFirst(() -> SharedBridge.remove(this))
			.then();
	}

	/**
	 * Accepts no more calls, fails those that wait and interrupts those that run.
	 */
	@Override
	public void close() {
		SharedBridge.remove(this);
		this.lanes.values().forEach((lane) -> lane.engine().closeNow());
	}

	@Override
	public String name() {
		return DEFAULT_LANE;
	}

	@Override
	public <T> Mono<T> call(Callable<? extends @Nullable T> work) {
		return engineLane(DEFAULT_LANE).call(work);
	}

	<T> Mono<T> callForMany(Callable<? extends @Nullable T> work) {
		return engineLane(DEFAULT_LANE).callForMany(work);
	}

	@Override
	public <T> Mono<T> callIfOnLoop(Callable<? extends @Nullable T> work) {
		return engineLane(DEFAULT_LANE).callIfOnLoop(work);
	}

	@Override
	public <T> Flux<T> stream(Callable<? extends Stream<? extends T>> stream) {
		return engineLane(DEFAULT_LANE).stream(stream);
	}

	@Override
	public <T> Flux<T> iterate(Callable<? extends Iterator<? extends T>> iterator) {
		return engineLane(DEFAULT_LANE).iterate(iterator);
	}

	@Override
	public <C extends AutoCloseable, T> Flux<T> stream(Callable<? extends C> open,
			BlockingFunction<? super C, ? extends T> next) {
		return engineLane(DEFAULT_LANE).stream(open, next);
	}

	@Override
	public <T> Flux<T> defer(Callable<? extends Publisher<? extends T>> source) {
		return engineLane(DEFAULT_LANE).defer(source);
	}

	@Override
	public <R, T> Flux<T> session(Callable<? extends R> open,
			Function<? super LaneSession<R>, ? extends Publisher<? extends T>> use) {
		return engineLane(DEFAULT_LANE).session(open, use);
	}

	@Override
	public Lane ordered(Object key) {
		return engineLane(DEFAULT_LANE).ordered(key);
	}

	@Override
	public LaneStatus status() {
		return engineLane(DEFAULT_LANE).status();
	}

}
