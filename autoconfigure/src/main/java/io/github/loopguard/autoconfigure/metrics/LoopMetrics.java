package io.github.loopguard.autoconfigure.metrics;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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

	private final List<Binding> bindings = new CopyOnWriteArrayList<>();

	private final Runnable bindNewGroups = () -> this.bindings.forEach(Binding::bindNewGroups);

	LoopMetrics(LoopMonitor monitor, LedgerThread ledgerThread) {
		this.monitor = monitor;
		this.ledgerThread = ledgerThread;
		ledgerThread.addTask(this.bindNewGroups);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("loopguard.loop.stopped", this.monitor, LoopMonitor::stopped)
			.description("Times that the whole JVM stood still")
			.register(registry);
		FunctionCounter.builder("loopguard.self.suppressed", this.monitor, LoopMonitor::suppressed)
			.description("Turns of event loops that took too long and were not reported, because there were too many")
			.register(registry);
		for (ClientTimeout kind : ClientTimeout.values()) {
			FunctionCounter.builder("loopguard.timeouts.self", this.monitor.impact(), (it) -> it.timeouts(kind))
				.description("Client calls that timed out because their own event loop stood still")
				.tag("kind", kind.id())
				.register(registry);
		}
		Gauge.builder("loopguard.elastic.pending", this.monitor.impact(), StallImpact::elasticPending)
			.description("Tasks that wait for a thread of Schedulers.boundedElastic()")
			.register(registry);
		TimeGauge
			.builder("loopguard.elastic.wait", this.monitor.impact(), TimeUnit.NANOSECONDS, StallImpact::elasticWait)
			.description("How long the task has waited that has waited longest for Schedulers.boundedElastic()")
			.register(registry);
		Binding binding = new Binding(registry, this.monitor, ConcurrentHashMap.newKeySet());
		this.bindings.add(binding);
		binding.bindNewGroups();
	}

	@Override
	public void destroy() {
		this.ledgerThread.removeTask(this.bindNewGroups);
		this.bindings.clear();
	}

	private record Binding(MeterRegistry registry, LoopMonitor monitor, Set<String> bound) {

		void bindNewGroups() {
			this.monitor.groups().stream().filter(this.bound::add).forEach(this::bind);
		}

		private void bind(String group) {
			FunctionTimer
				.builder("loopguard.loop.delay", this.monitor, (it) -> count(it, group),
						(it) -> delay(it, group, 0, (delay) -> delay.total().toNanos()), TimeUnit.NANOSECONDS)
				.description("Time that work had to wait for event loops, estimated from outside")
				.tag(GROUP, group)
				.register(this.registry);
			TimeGauge
				.builder("loopguard.loop.delay.p99", this.monitor, TimeUnit.NANOSECONDS,
						(it) -> delay(it, group, Double.NaN, (delay) -> delay.p99().toNanos()))
				.description("99th percentile of the time that work had to wait for event loops")
				.tag(GROUP, group)
				.register(this.registry);
			FunctionCounter.builder("loopguard.loop.stalls", this.monitor, (it) -> it.stalls(group))
				.description("Turns of event loops that took too long")
				.tag(GROUP, group)
				.register(this.registry);
			Gauge.builder("loopguard.loop.busy", this.monitor, (it) -> it.utilization(group))
				.description("Share of the time for which event loops compute")
				.tag(GROUP, group)
				.register(this.registry);
			Gauge.builder("loopguard.loop.pending", this.monitor, (it) -> it.pending(group))
				.description("Tasks that wait in the queues of event loops")
				.tag(GROUP, group)
				.register(this.registry);
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
