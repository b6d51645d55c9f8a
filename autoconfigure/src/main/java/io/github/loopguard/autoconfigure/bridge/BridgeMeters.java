package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.loopguard.autoconfigure.metrics.MeterRegistration;
import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.LaneTimer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;

/**
 * Binds the counters of each lane to a registry. Lanes count themselves; a call only
 * records its times.
 */
final class BridgeMeters implements MeterBinder, DisposableBean {

	private static final String PREFIX = "loopguard.bridge.";

	private final Map<String, LaneTimer> timers = new ConcurrentHashMap<>();

	private final MeterRegistration meters = new MeterRegistration();

	private final BlockingBridge bridge;

	BridgeMeters(BlockingBridge bridge) {
		this.bridge = bridge;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.bridge.whenDefined((lane) -> bind(registry, lane));
	}

	private void bind(MeterRegistry registry, String lane) {
		gauge(registry, lane, "active", "Calls that run now", LaneStatus::active);
		gauge(registry, lane, "threads.max", "Most calls that run at the same time", LaneStatus::maxThreads);
		gauge(registry, lane, "queued", "Calls that wait for a thread now", LaneStatus::queued);
		gauge(registry, lane, "queue.capacity", "Most calls that wait", LaneStatus::queueCapacity);
		gauge(registry, lane, "open", "Streams and sessions that are open now", LaneStatus::open);
		gauge(registry, lane, "lingering", "Calls that still run although nobody waits for them",
				LaneStatus::lingering);
		counter(registry, lane, "submitted", "Calls that asked for a place", LaneStatus::submitted);
		counter(registry, lane, "rejected", "Calls that got no place", LaneStatus::rejected);
		counter(registry, lane, "completed", "Calls that delivered their result", LaneStatus::completed);
		counter(registry, lane, "failed", "Calls whose code threw", LaneStatus::failed);
		counter(registry, lane, "cancelled", "Calls whose subscriber cancelled", LaneStatus::cancelled);
		counter(registry, lane, "timed.out", "Calls that waited or ran too long", LaneStatus::timedOut);
		counter(registry, lane, "abandoned", "Calls left running without a subscriber", LaneStatus::abandoned);
		counter(registry, lane, "in.place", "Calls of the lane's own threads, run in place", LaneStatus::inPlace);
		LaneTimer timer = new MicrometerTimer(timer(registry, lane, "queue.time", "How long calls waited for a thread"),
				timer(registry, lane, "run.time", "How long calls ran"));
		this.bridge.measure(lane, this.timers.merge(lane, timer, TwoTimers::new));
		this.meters.register(registry, PREFIX + "queue.age", Tags.of("lane", lane),
				() -> TimeGauge
					.builder(PREFIX + "queue.age", this.bridge, TimeUnit.NANOSECONDS, (bridge) -> age(status(lane)))
					.tag("lane", lane)
					.description("How long the call at the head of the queue has been waiting")
					.register(registry));
	}

	private void gauge(MeterRegistry registry, String lane, String name, String description,
			ToDoubleFunction<LaneStatus> value) {
		this.meters.register(registry, PREFIX + name, Tags.of("lane", lane),
				() -> Gauge.builder(PREFIX + name, this.bridge, (bridge) -> value.applyAsDouble(status(lane)))
					.tag("lane", lane)
					.description(description)
					.register(registry));
	}

	private void counter(MeterRegistry registry, String lane, String name, String description,
			ToDoubleFunction<LaneStatus> value) {
		this.meters.register(registry, PREFIX + name, Tags.of("lane", lane),
				() -> FunctionCounter.builder(PREFIX + name, this.bridge, (bridge) -> value.applyAsDouble(status(lane)))
					.tag("lane", lane)
					.description(description)
					.register(registry));
	}

	private @Nullable Timer timer(MeterRegistry registry, String lane, String name, String description) {
		return this.meters.register(registry, PREFIX + name, Tags.of("lane", lane),
				() -> Timer.builder(PREFIX + name).tag("lane", lane).description(description).register(registry));
	}

	@Override
	public void destroy() {
		this.meters.close();
	}

	private LaneStatus status(String lane) {
		return this.bridge.lane(lane).status();
	}

	private static double age(LaneStatus status) {
		Duration oldest = status.oldestQueued();
		return (oldest != null) ? oldest.toNanos() : 0;
	}

	private record MicrometerTimer(@Nullable Timer queueTime, @Nullable Timer runTime) implements LaneTimer {

		@Override
		public void waited(long nanos) {
			if (this.queueTime != null) {
				this.queueTime.record(nanos, TimeUnit.NANOSECONDS);
			}
		}

		@Override
		public void ran(long nanos) {
			if (this.runTime != null) {
				this.runTime.record(nanos, TimeUnit.NANOSECONDS);
			}
		}

	}

	/**
	 * Timers of two registries.
	 */
	private record TwoTimers(LaneTimer first, LaneTimer second) implements LaneTimer {

		@Override
		public void waited(long nanos) {
			this.first.waited(nanos);
			this.second.waited(nanos);
		}

		@Override
		public void ran(long nanos) {
			this.first.ran(nanos);
			this.second.ran(nanos);
		}

	}

}
