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

	private final @Nullable BlockingBridge bridge;

	/**
	 * Creates the meters.
	 * @param bridge the bridge, {@code null} if the application has none
	 */
	BridgeMeters(@Nullable BlockingBridge bridge) {
		this.bridge = bridge;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		BlockingBridge bridge = this.bridge;
		if (bridge != null) {
			bridge.whenDefined((lane) -> bind(registry, bridge, lane));
		}
	}

	private void bind(MeterRegistry registry, BlockingBridge bridge, String lane) {
		for (LaneMeter meter : LaneMeter.values()) {
			register(registry, bridge, lane, meter);
		}
		LaneTimer timer = new MicrometerTimer(timer(registry, lane, "queue.time", "How long calls waited for a thread"),
				timer(registry, lane, "run.time", "How long calls ran"));
		bridge.measure(lane, this.timers.merge(lane, timer, TwoTimers::new));
		this.meters.register(registry, PREFIX + "queue.age", Tags.of("lane", lane),
				() -> TimeGauge
					.builder(PREFIX + "queue.age", bridge, TimeUnit.NANOSECONDS, (it) -> age(it.lane(lane).status()))
					.tag("lane", lane)
					.description("How long the call at the head of the queue has been waiting")
					.register(registry));
	}

	private void register(MeterRegistry registry, BlockingBridge bridge, String lane, LaneMeter meter) {
		String name = PREFIX + meter.id();
		Tags tags = Tags.of("lane", lane);
		ToDoubleFunction<BlockingBridge> value = (it) -> meter.valueOf(it.lane(lane).status());
		this.meters.register(registry, name, tags, () -> meter.isCounter()
				? FunctionCounter.builder(name, bridge, value)
					.tags(tags)
					.description(meter.description())
					.register(registry)
				: Gauge.builder(name, bridge, value).tags(tags).description(meter.description()).register(registry));
	}

	private @Nullable Timer timer(MeterRegistry registry, String lane, String name, String description) {
		return this.meters.register(registry, PREFIX + name, Tags.of("lane", lane),
				() -> Timer.builder(PREFIX + name).tag("lane", lane).description(description).register(registry));
	}

	@Override
	public void destroy() {
		this.meters.close();
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
