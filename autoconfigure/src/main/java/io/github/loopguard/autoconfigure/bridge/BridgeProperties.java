package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;
import java.util.Map;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.OnCancel;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.PropertyMapper;

/**
 * Configuration of the {@code BlockingBridge}.
 *
 * @since 0.1
 */
@ConfigurationProperties("loopguard.bridge")
public class BridgeProperties {

	/**
	 * Lanes by name. A lane named 'default' replaces Reactor's boundedElastic scheduler,
	 * one named 'cpu' the pool for computing work.
	 */
	private Map<String, LaneProperties> lanes = Map.of();

	/**
	 * Whether lanes run on virtual threads, the default lane included, but not the cpu
	 * lane and those whose property 'kind' is set. Needs JDK 21.
	 */
	private boolean virtualThreads;

	/**
	 * Time that work in flight gets to finish on shutdown, before it is interrupted.
	 */
	private Duration shutdownTimeout = Duration.ofSeconds(20);

	/**
	 * Whether to make an Observation of every call. Methods annotated with @Offload and
	 * calls named by Lane.observedAs are always observed.
	 */
	private boolean observeCalls;

	public Map<String, LaneProperties> getLanes() {
		return this.lanes;
	}

	public void setLanes(Map<String, LaneProperties> lanes) {
		this.lanes = lanes;
	}

	public boolean isVirtualThreads() {
		return this.virtualThreads;
	}

	public void setVirtualThreads(boolean virtualThreads) {
		this.virtualThreads = virtualThreads;
	}

	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	public boolean isObserveCalls() {
		return this.observeCalls;
	}

	public void setObserveCalls(boolean observeCalls) {
		this.observeCalls = observeCalls;
	}

	/**
	 * Limits of one lane; what is not set keeps the value of {@link LaneSpec#named}.
	 *
	 * @param kind Platform or virtual threads. Virtual threads need JDK 21.
	 * @param threads Most calls that run at the same time.
	 * @param queueCapacity Most calls that wait for a thread.
	 * @param queueTimeout Longest time a call may wait for a thread.
	 * @param runTimeout Longest time a call may run.
	 * @param onCancel What happens to running code whose caller is gone.
	 * @param maxOpen Most streams and sessions that are open at the same time.
	 * @param keepAlive Time an idle platform thread stays.
	 */
	public record LaneProperties(@Nullable LaneKind kind, @Nullable Integer threads, @Nullable Integer queueCapacity,
			@Nullable Duration queueTimeout, @Nullable Duration runTimeout, @Nullable OnCancel onCancel,
			@Nullable Integer maxOpen, @Nullable Duration keepAlive) {

		/**
		 * Returns the limits, replaced by those that are configured here.
		 */
		LaneSpec applyTo(LaneSpec spec) {
			PropertyMapper map = PropertyMapper.get();
			LaneSpec lane = map.from(this.kind).to(spec, LaneSpec::withKind);
			lane = map.from(this.threads).to(lane, LaneSpec::withThreads);
			lane = map.from(this.queueCapacity).to(lane, LaneSpec::withQueueCapacity);
			lane = map.from(this.queueTimeout).to(lane, LaneSpec::withQueueTimeout);
			lane = map.from(this.runTimeout).to(lane, LaneSpec::withRunTimeout);
			lane = map.from(this.onCancel).to(lane, LaneSpec::withOnCancel);
			lane = map.from(this.maxOpen).to(lane, LaneSpec::withMaxOpen);
			return map.from(this.keepAlive).to(lane, LaneSpec::withKeepAlive);
		}

	}

}
