package io.github.loopguard.autoconfigure.metrics;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.DisposableBean;

import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopState.Delay;
import io.github.loopguard.detect.waiting.StallImpact;
import io.github.loopguard.detect.waiting.StallImpact.ClientTimeout;
import io.github.loopguard.ledger.LedgerThread;

/**
 * Meters that read the loop monitor, by group of event loops.
 */
class LoopMetrics implements MeterBinder, DisposableBean {

	private static final String GROUP = "group";

	private final LoopMonitor monitor;

	private final LedgerThread ledgerThread;

	private final MeterRegistration meters = new MeterRegistration();

	private final List<Binding> bindings = new CopyOnWriteArrayList<>();

	private final Runnable bindNewGroups = () -> this.bindings.forEach(Binding::bindNewGroups);

	LoopMetrics(LoopMonitor monitor, LedgerThread ledgerThread) {
		this.monitor = monitor;
		this.ledgerThread = ledgerThread;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		counter(registry, "loopguard.loop.stopped", "Times that the whole JVM stood still", LoopMonitor::stopped);
		counter(registry, "loopguard.self.suppressed",
				"Turns of event loops that took too long and were not reported, because there were too many",
				LoopMonitor::suppressed);
		StallImpact impact = this.monitor.impact();
		for (ClientTimeout kind : ClientTimeout.values()) {
			Tags tags = Tags.of("kind", kind.id());
			register(registry, "loopguard.timeouts.self", tags,
					(name) -> FunctionCounter.builder(name, impact, (it) -> it.timeouts(kind))
						.description("Client calls that timed out because their own event loop stood still")
						.tags(tags)
						.register(registry));
		}
		register(registry, "loopguard.elastic.pending", Tags.empty(),
				(name) -> Gauge.builder(name, impact, StallImpact::elasticPending)
					.description("Tasks that wait for a thread of Schedulers.boundedElastic()")
					.register(registry));
		register(registry, "loopguard.elastic.wait", Tags.empty(),
				(name) -> TimeGauge.builder(name, impact, TimeUnit.NANOSECONDS, StallImpact::elasticWait)
					.description("How long the task has waited that has waited longest for Schedulers.boundedElastic()")
					.register(registry));
		Binding binding = new Binding(registry, ConcurrentHashMap.newKeySet());
		binding.bindNewGroups();
		add(binding);
	}

	private synchronized void add(Binding binding) {
		if (this.bindings.isEmpty()) {
			this.ledgerThread.addTask("loopguard-loop-meters", this.bindNewGroups);
		}
		this.bindings.add(binding);
	}

	private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<LoopMonitor> value) {
		register(registry, name, Tags.empty(),
				(it) -> FunctionCounter.builder(it, this.monitor, value).description(description).register(registry));
	}

	private boolean register(MeterRegistry registry, String name, Tags tags, Function<String, Meter> registration) {
		return this.meters.register(registry, name, tags, () -> registration.apply(name)) != null;
	}

	@Override
	public synchronized void destroy() {
		this.ledgerThread.removeTask(this.bindNewGroups);
		this.bindings.clear();
		this.meters.close();
	}

	/**
	 * The groups whose meters a registry has.
	 */
	private final class Binding {

		private final MeterRegistry registry;

		private final Set<String> bound;

		private Binding(MeterRegistry registry, Set<String> bound) {
			this.registry = registry;
			this.bound = bound;
		}

		/**
		 * Binds groups that are new, and what could not be bound before.
		 */
		private void bindNewGroups() {
			for (String group : LoopMetrics.this.monitor.groups()) {
				if (!this.bound.contains(group) && bind(group)) {
					this.bound.add(group);
				}
			}
		}

		private boolean bind(String group) {
			LoopMonitor monitor = LoopMetrics.this.monitor;
			Tags tags = Tags.of(GROUP, group);
			boolean delay = register(this.registry, "loopguard.loop.delay", tags,
					(name) -> FunctionTimer
						.builder(name, monitor, (it) -> count(it, group),
								(it) -> delay(it, group, 0, (value) -> value.total().toNanos()), TimeUnit.NANOSECONDS)
						.description("Time that work had to wait for event loops, estimated from outside")
						.tags(tags)
						.register(this.registry));
			boolean percentile = register(this.registry, "loopguard.loop.delay.p99", tags,
					(name) -> TimeGauge
						.builder(name, monitor, TimeUnit.NANOSECONDS,
								(it) -> delay(it, group, Double.NaN, (value) -> value.p99().toNanos()))
						.description("99th percentile of the time that work had to wait for event loops")
						.tags(tags)
						.register(this.registry));
			boolean stalls = register(this.registry, "loopguard.loop.stalls", tags,
					(name) -> FunctionCounter.builder(name, monitor, (it) -> it.stalls(group))
						.description("Turns of event loops that took too long")
						.tags(tags)
						.register(this.registry));
			boolean busy = register(this.registry, "loopguard.loop.busy", tags,
					(name) -> Gauge.builder(name, monitor, (it) -> it.utilization(group))
						.description("Share of the time for which event loops compute")
						.tags(tags)
						.register(this.registry));
			boolean pending = register(this.registry, "loopguard.loop.pending", tags,
					(name) -> Gauge.builder(name, monitor, (it) -> it.pending(group))
						.description("Tasks that wait in the queues of event loops")
						.tags(tags)
						.register(this.registry));
			return delay && percentile && stalls && busy && pending;
		}

		private static double delay(LoopMonitor monitor, String group, double none, Value value) {
			Delay delay = monitor.delay(group);
			return (delay != null) ? value.of(delay) : none;
		}

		private static long count(LoopMonitor monitor, String group) {
			Delay delay = monitor.delay(group);
			return (delay != null) ? delay.count() : 0;
		}

	}

	/**
	 * A part of a delay.
	 */
	private interface Value {

		double of(Delay delay);

	}

}
