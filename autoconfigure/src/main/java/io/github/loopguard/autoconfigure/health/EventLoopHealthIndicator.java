package io.github.loopguard.autoconfigure.health;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopStall;

/**
 * {@link HealthIndicator} that is down while the turn of an event loop does not end. A
 * turn that only takes long does not matter.
 */
class EventLoopHealthIndicator implements HealthIndicator {

	private static final int MOST_SHOWN = 10;

	private final LoopMonitor monitor;

	private final Duration limit;

	EventLoopHealthIndicator(LoopMonitor monitor, Duration limit) {
		this.monitor = monitor;
		this.limit = limit;
	}

	@Override
	public Health health() {
		DetectorStatus status = this.monitor.status();
		if (!status.isWorking()) {
			return Health.unknown().withDetail("reason", status.explanation()).build();
		}
		List<LoopStall> stuck = this.monitor.stalls()
			.stream()
			.filter((stall) -> !stall.over() && stall.duration().compareTo(this.limit) >= 0)
			.sorted(Comparator.comparing(LoopStall::duration).reversed())
			.toList();
		if (stuck.isEmpty()) {
			return Health.up().withDetail("loops", this.monitor.loops().size()).build();
		}
		return Health.down()
			.withDetail("loops", this.monitor.loops().size())
			.withDetail("stuck", stuck.size())
			.withDetail("where", stuck.stream().limit(MOST_SHOWN).map(EventLoopHealthIndicator::details).toList())
			.build();
	}

	private static Map<String, Object> details(LoopStall stuck) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("loop", stuck.loop());
		details.put("for", stuck.duration());
		if (stuck.place() != null) {
			details.put("at", stuck.place().toString());
		}
		if (stuck.violation() != null) {
			details.put("violation", stuck.violation());
		}
		return details;
	}

}
