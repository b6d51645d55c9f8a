package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Takes blocking work off the event loop:
 * {@code bridge.call(() -> Files.readString(path))}.
 * <p>
 * Used directly, it is the default lane, {@code Schedulers.boundedElastic()};
 * {@link #lane(String)} returns a bounded lane that isolates its work from all other
 * work. {@link #cpu} is for work that computes. Thread-safe.
 *
 * @since 0.1
 */
public final class BlockingBridge implements Lane, AutoCloseable {

	/**
	 * Name of the lane that the bridge itself is.
	 */
	public static final String DEFAULT_LANE = "default";

	/**
	 * Name of the lane for work that computes.
	 */
	public static final String CPU_LANE = "cpu";

	static final LaneProvider PROVIDER = provider();

	private final Map<String, LaneProvider.ManagedLane> lanes = new ConcurrentSkipListMap<>();

	private final List<Consumer<String>> observers = new CopyOnWriteArrayList<>();

	private volatile @Nullable CallDecorator decorator;

	/**
	 * Creates a bridge that is not shared.
	 * @param lanes the named lanes; one named {@value #DEFAULT_LANE} replaces
	 * {@code boundedElastic}, one named {@value #CPU_LANE} the lane for computing
	 */
	public BlockingBridge(Collection<LaneSpec> lanes) {
		this.lanes.put(DEFAULT_LANE, PROVIDER.createElastic(DEFAULT_LANE));
		this.lanes.put(CPU_LANE, PROVIDER.create(LaneSpec.computing(CPU_LANE)));
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
	 * Configures the bridge that {@link #shared()} returns until it is closed. A shared
	 * bridge that is in use without named lanes receives them, so that all callers use
	 * the same one.
	 * @param lanes the named lanes, as in {@link #BlockingBridge(Collection)}
	 * @return the bridge
	 */
	public static BlockingBridge share(Collection<LaneSpec> lanes) {
		return SharedBridge.configure((bridge) -> lanes.forEach(bridge::define));
	}

	/**
	 * Defines a lane. A lane of the same name is replaced: it accepts no more calls and
	 * finishes those in flight.
	 * @param spec its limits
	 * @return the lane
	 */
	public Lane define(LaneSpec spec) {
		LaneProvider.ManagedLane lane = PROVIDER.create(spec);
		lane.decorate(this.decorator);
		LaneProvider.ManagedLane replaced = this.lanes.put(spec.limits().name(), lane);
		if (replaced != null) {
			replaced.replaceBy(lane);
		}
		else {
			this.observers.forEach((observer) -> observer.accept(spec.limits().name()));
		}
		return lane;
	}

	/**
	 * Registers an observer of lane names: of the existing lanes now, and of each new one
	 * on the thread that defines it.
	 * @param observer receives each name
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
		this.lanes.values().forEach((lane) -> lane.decorate(decorator));
	}

	/**
	 * Passes the times of a lane's calls from now on to a timer, also if the lane is
	 * defined again.
	 * @param lane name of the lane
	 * @param timer receives the times, {@code null} for none
	 * @throws UnknownLaneException if the lane is not defined
	 */
	public void measure(String lane, @Nullable LaneTimer timer) {
		managed(lane).measure(timer);
	}

	/**
	 * Returns whether nobody waits any more for the blocking code that the current thread
	 * runs in a lane: its subscriber has cancelled, or a timeout is over. Long-running
	 * code may ask from time to time, and end.
	 * @return whether the code runs for nobody; {@code false} outside of a lane
	 */
	public static boolean isAbandoned() {
		return PROVIDER.abandoned();
	}

	/**
	 * Begins what the current thread must do to the end or not at all, such as a commit:
	 * until the end of the call no cancel and no timeout interrupts it.
	 * @return whether somebody still waits for the code; {@code false} if it is to be
	 * undone. {@code true} outside of a lane
	 */
	public static boolean beginCommit() {
		return PROVIDER.protect();
	}

	/**
	 * Adds what the lanes of all bridges run to the recordings of the JVM's flight
	 * recorder that are running, as events {@code loopguard.LaneCall}. There are none
	 * unless this was called, nor where the JVM has no flight recorder.
	 * @param wanted whether recordings get them from now on
	 * @since 0.2
	 */
	public static void recordCalls(boolean wanted) {
		PROVIDER.recordCalls(wanted);
	}

	/**
	 * Returns a lane by its name.
	 * @param name name of the lane
	 * @return the lane
	 * @throws UnknownLaneException if it is not defined
	 */
	public Lane lane(String name) {
		return managed(name);
	}

	LaneProvider.ManagedLane managed(String name) {
		LaneProvider.ManagedLane lane = this.lanes.get(name);
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
		return this.lanes.values().stream().map(Lane::status).toList();
	}

	/**
	 * Runs work that computes rather than waits, on as many threads as there are cores.
	 * @param work what to compute
	 * @param <T> type of the result
	 * @return as in {@link #call}
	 */
	public <T> Mono<T> cpu(Callable<? extends @Nullable T> work) {
		return managed(CPU_LANE).call(work);
	}

	/**
	 * Accepts no more calls, waits for those in flight, and interrupts those that remain
	 * after the time is over.
	 * @param grace how long calls in flight may take
	 * @return completes when all calls have ended or were interrupted; does nothing until
	 * subscription
	 */
	public Mono<Void> closeGracefully(Duration grace) {
		return Flux.fromIterable(this.lanes.values())
			.flatMap((lane) -> lane.close(grace))
			.doFirst(() -> SharedBridge.remove(this))
			.then();
	}

	/**
	 * Accepts calls again after the bridge was closed, in the same lanes.
	 */
	public void reopen() {
		SharedBridge.add(this);
		this.lanes.values().forEach(LaneProvider.ManagedLane::reopen);
	}

	/**
	 * Accepts no more calls, fails those that wait and interrupts those that run.
	 */
	@Override
	public void close() {
		SharedBridge.remove(this);
		this.lanes.values().forEach((lane) -> lane.closeNow());
	}

	/**
	 * Finds the engine by name: it depends on this package, not this package on it.
	 */
	private static LaneProvider provider() {
		try {
			return (LaneProvider) Class.forName("io.github.loopguard.bridge.engine.lane.EngineLaneProvider")
				.getDeclaredConstructor()
				.newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("The engine is missing in loopguard-bridge", ex);
		}
	}

	@Override
	public String name() {
		return DEFAULT_LANE;
	}

	@Override
	public <T> Mono<T> call(Callable<? extends @Nullable T> work) {
		return managed(DEFAULT_LANE).call(work);
	}

	@Override
	public <T> Mono<T> callIfOnLoop(Callable<? extends @Nullable T> work) {
		return managed(DEFAULT_LANE).callIfOnLoop(work);
	}

	@Override
	public <A, B> Function<Flux<A>, Flux<B>> mapping(BlockingFunction<? super A, ? extends B> function) {
		return managed(DEFAULT_LANE).mapping(function);
	}

	@Override
	public <C extends AutoCloseable, T> Flux<T> stream(Callable<? extends C> open,
			BlockingFunction<? super C, Boolean> advance, BlockingFunction<? super C, ? extends T> read) {
		return managed(DEFAULT_LANE).stream(open, advance, read);
	}

	@Override
	public <T> Flux<T> defer(Callable<? extends Publisher<? extends T>> source) {
		return managed(DEFAULT_LANE).defer(source);
	}

	@Override
	public <R, T> Flux<T> session(Callable<? extends R> open,
			Function<? super LaneSession<R>, ? extends Publisher<? extends T>> use) {
		return managed(DEFAULT_LANE).session(open, use);
	}

	@Override
	public Lane ordered(Object key) {
		return managed(DEFAULT_LANE).ordered(key);
	}

	@Override
	public Lane observedAs(String name) {
		return managed(DEFAULT_LANE).observedAs(name);
	}

	@Override
	public Lane withTimeout(Duration timeout) {
		return managed(DEFAULT_LANE).withTimeout(timeout);
	}

	@Override
	public Scheduler asScheduler() {
		return managed(DEFAULT_LANE).asScheduler();
	}

	@Override
	public LaneStatus status() {
		return managed(DEFAULT_LANE).status();
	}

}
