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
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.DisposableBean;

import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.Total;
import io.github.loopguard.ledger.Total;
import io.github.loopguard.runtime.Loopguard;

/**
 * Meters that read the ledger: nothing touches a registry on an event loop, and what was
 * counted before there was a registry is in them.
 */
class LoopguardMetrics implements MeterBinder, DisposableBean {

	private final Loopguard loopguard;

	private final List<Binding> bindings = new CopyOnWriteArrayList<>();

	private final Runnable bindNewKeys = this::bindNewKeys;

	LoopguardMetrics(Loopguard loopguard) {
		this.loopguard = loopguard;
		loopguard.ledgerThread().addTask("loopguard-meters", this.bindNewKeys);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Ledger ledger = this.loopguard.ledger();
		Gauge.builder("loopguard.violations", ledger, (it) -> it.totals().violations())
			.description("Violations kept in the ledger")
			.register(registry);
		Gauge.builder("loopguard.status", this.loopguard, LoopguardMetrics::status)
			.description("1 if every detector is active, 0 if none works, between if some is degraded")
			.register(registry);
		FunctionCounter.builder("loopguard.self.failures", this.loopguard, Loopguard::failures)
			.description("Errors of Loopguard's own while it recorded a call")
			.register(registry);
		FunctionCounter.builder("loopguard.self.healed", this.loopguard, Loopguard::healed)
			.description("Calls given up because their return was not seen")
			.register(registry);
		FunctionCounter.builder("loopguard.self.dropped", ledger, (it) -> it.totals().dropped())
			.description("Occurrences counted without a violation, because the ledger was full")
			.register(registry);
		FunctionCounter.builder("loopguard.self.evicted", ledger, (it) -> it.totals().evicted())
			.description("Violations dropped to keep the ledger within its limit")
			.register(registry);
		FunctionCounter.builder("loopguard.self.unlogged", this.loopguard, (it) -> it.ledgerThread().unlogged())
			.description("Violations not logged because too many came in a minute")
			.register(registry);
		Binding binding = new Binding(registry, ledger);
		this.bindings.add(binding);
		binding.bindNewKeys();
	}

	@Override
	public void destroy() {
		this.loopguard.ledgerThread().removeTask(this.bindNewKeys);
		this.bindings.clear();
	}

	/**
	 * Binds what is counted since the last time. A registry that throws keeps no other
	 * from it.
	 */
	private void bindNewKeys() {
		RuntimeException failure = null;
		for (Binding binding : this.bindings) {
			try {
				binding.bindNewKeys();
			}
			catch (RuntimeException ex) {
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	private static double status(Loopguard loopguard) {
		return loopguard.detectors()
			.stream()
			.mapToDouble((it) -> (it.state() == State.ACTIVE) ? 1 : (it.state() == State.DEGRADED) ? 0.5 : 0)
			.average()
			.orElse(0);
	}

	private record Binding(MeterRegistry registry, Ledger ledger, Set<Object> bound) {

		Binding(MeterRegistry registry, Ledger ledger) {
			this(registry, ledger, ConcurrentHashMap.newKeySet());
		}

		void bindNewKeys() {
			this.ledger.sums().forEach((key, total) -> {
				if (!this.bound.contains(key)) {
					bind(key, total);
					this.bound.add(key);
				}
			});
			this.ledger.allowedSums().forEach((rule, bySource) -> bySource.forEach((source, total) -> {
				Tags tags = Tags.of("rule", rule, "kind", source);
				if (!this.bound.contains(tags)) {
					bind(tags, total);
					this.bound.add(tags);
				}
			}));
		}

		private void bind(Tags tags, Total total) {
			FunctionCounter.builder("loopguard.allowed", total, Total::occurrences)
				.description("Blocking calls on event loops that an allowance let pass")
				.tags(tags)
				.register(this.registry);
		}

		private void bind(Total.Key key, Total total) {
			Tags tags = Tags.of("rule", key.rule(), "origin", key.origin().name(), "action", key.action().name(),
					"detector", key.detector());
			FunctionCounter.builder("loopguard.occurrences", total, Total::occurrences)
				.description("Blocking calls on event loops")
				.tags(tags)
				.register(this.registry);
			FunctionTimer.builder("loopguard.held", total, Total::heldCount, Total::heldNanos, TimeUnit.NANOSECONDS)
				.description("Time that blocking calls held event loops")
				.tags(tags)
				.register(this.registry);
		}

	}

}
