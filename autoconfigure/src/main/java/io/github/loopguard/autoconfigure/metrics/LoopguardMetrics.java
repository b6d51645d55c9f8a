package io.github.loopguard.autoconfigure.metrics;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.Total;
import io.github.loopguard.runtime.Loopguard;

/**
 * Meters that read the ledger: nothing touches a registry on an event loop, and what was
 * counted before there was a registry is in them.
 */
class LoopguardMetrics implements MeterBinder, DisposableBean {

	private final Loopguard loopguard;

	private final MeterRegistration meters = new MeterRegistration();

	private final List<Binding> bindings = new CopyOnWriteArrayList<>();

	private final Runnable bindNewKeys = this::bindNewKeys;

	LoopguardMetrics(Loopguard loopguard) {
		this.loopguard = loopguard;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Ledger ledger = this.loopguard.ledger();
		gauge(registry, "loopguard.violations", "Violations kept in the ledger",
				(it) -> Math.min(ledger.totals().violations(), ledger.settings().limit()));
		gauge(registry, "loopguard.status",
				"1 if every detector that is wanted is active, 0 if none works, between if some is degraded",
				LoopguardMetrics::status);
		counter(registry, "loopguard.self.failures", "Errors of Loopguard's own while it recorded a call",
				Loopguard::failures);
		counter(registry, "loopguard.self.healed", "Calls given up because their return was not seen",
				Loopguard::healed);
		counter(registry, "loopguard.self.dropped",
				"Occurrences counted without a violation, because the ledger was full",
				(it) -> ledger.totals().dropped());
		counter(registry, "loopguard.self.evicted", "Violations dropped to keep the ledger within its limit",
				(it) -> ledger.totals().evicted());
		counter(registry, "loopguard.self.unlogged", "Violations not logged because too many came in a minute",
				(it) -> it.ledgerThread().unlogged());
		Binding binding = new Binding(registry, this.meters, ledger);
		binding.bindNewKeys();
		add(binding);
	}

	private synchronized void add(Binding binding) {
		if (this.bindings.isEmpty()) {
			this.loopguard.ledgerThread().addTask("loopguard-meters", this.bindNewKeys);
		}
		this.bindings.add(binding);
	}

	private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Loopguard> value) {
		this.meters.register(registry, name, Tags.empty(),
				() -> Gauge.builder(name, this.loopguard, value).description(description).register(registry));
	}

	private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<Loopguard> value) {
		this.meters.register(registry, name, Tags.empty(),
				() -> FunctionCounter.builder(name, this.loopguard, value).description(description).register(registry));
	}

	@Override
	public synchronized void destroy() {
		this.loopguard.ledgerThread().removeTask(this.bindNewKeys);
		this.bindings.clear();
		this.meters.close();
	}

	private void bindNewKeys() {
		this.bindings.forEach(Binding::bindNewKeys);
	}

	private static double status(Loopguard loopguard) {
		return loopguard.detectors()
			.stream()
			.filter((it) -> it.state() != State.OFF)
			.mapToDouble((it) -> (it.state() == State.ACTIVE) ? 1 : it.isWorking() ? 0.5 : 0)
			.average()
			.orElse(0);
	}

	private record Binding(MeterRegistry registry, MeterRegistration meters, Ledger ledger, Set<Object> bound) {

		Binding(MeterRegistry registry, MeterRegistration meters, Ledger ledger) {
			this(registry, meters, ledger, ConcurrentHashMap.newKeySet());
		}

		/**
		 * Binds what is counted since the last time, and what could not be bound then.
		 */
		void bindNewKeys() {
			this.ledger.sums().forEach((key, total) -> {
				if (!this.bound.contains(key) && bind(key, total)) {
					this.bound.add(key);
				}
			});
			this.ledger.allowedSums().forEach((rule, bySource) -> bySource.forEach((source, total) -> {
				Tags tags = Tags.of("rule", rule, "kind", source);
				if (!this.bound.contains(tags) && bind(tags, total)) {
					this.bound.add(tags);
				}
			}));
		}

		private boolean bind(Tags tags, Total total) {
			return register(tags, "loopguard.allowed",
					() -> FunctionCounter.builder("loopguard.allowed", total, Total::occurrences)
						.description("Blocking calls on event loops that an allowance let pass")
						.tags(tags)
						.register(this.registry)) != null;
		}

		private boolean bind(Total.Key key, Total total) {
			Tags tags = Tags.of("rule", key.rule(), "origin", key.origin().name(), "action", key.action().name(),
					"detector", key.detector());
			FunctionCounter occurrences = register(tags, "loopguard.occurrences",
					() -> FunctionCounter.builder("loopguard.occurrences", total, Total::occurrences)
						.description("Blocking calls on event loops")
						.tags(tags)
						.register(this.registry));
			FunctionTimer held = register(tags, "loopguard.held",
					() -> FunctionTimer
						.builder("loopguard.held", total, Total::heldCount, Total::heldNanos, TimeUnit.NANOSECONDS)
						.description("Time that blocking calls held event loops")
						.tags(tags)
						.register(this.registry));
			return occurrences != null && held != null;
		}

		private <M> @Nullable M register(Tags tags, String name, Supplier<M> registration) {
			return this.meters.register(this.registry, name, tags, registration);
		}

	}

}
