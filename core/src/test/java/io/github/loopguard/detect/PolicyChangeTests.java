package io.github.loopguard.detect;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A policy that changes while event loops work.
 */
class PolicyChangeTests {

	private final Catalog catalog = Catalog.shipped();

	private final Ledger ledger = new Ledger(this.catalog);

	private final OccurrenceRecorder recorder = new OccurrenceRecorder(this.catalog, this.ledger,
			ApplicationPackages.NONE, policy(Action.LOG));

	private final int leaf = leaf();

	private final Scheduler loop = Schedulers.newSingle("loop", true);

	@Test
	void ruleThatIsTurnedOffDuringAWalkStaysOff() throws Exception {
		configureDuringWalk(policy(Action.OFF));
		onLoop(() -> block());
		assertThat(this.ledger.violations()).isEmpty();
	}

	@Test
	void actionThatChangesDuringAWalkIsShown() throws Exception {
		configureDuringWalk(policy(Action.OBSERVE));
		onLoop(() -> block());
		onLoop(() -> block());
		assertThat(this.ledger.violations()).hasSize(1);
		assertThat(this.ledger.violations()).extracting(Violation::action).containsOnly(Action.OBSERVE);
	}

	@Test
	void floodIsCountedUnderTheActionInForce() throws Exception {
		onLoop(() -> {
			for (int i = 0; i < 1_100; i++) {
				block();
			}
			return null;
		});
		long logged = sum(Action.LOG);
		this.recorder.configure(ApplicationPackages.NONE, policy(Action.OBSERVE));
		onLoop(() -> {
			for (int i = 0; i < 64; i++) {
				block();
			}
			return null;
		});
		assertThat(sum(Action.LOG)).isEqualTo(logged);
		assertThat(sum(Action.OBSERVE)).isEqualTo(64);
	}

	private void configureDuringWalk(Policy policy) {
		AtomicBoolean done = new AtomicBoolean();
		this.recorder.requestSource(() -> {
			if (done.compareAndSet(false, true)) {
				Thread other = new Thread(() -> this.recorder.configure(ApplicationPackages.NONE, policy));
				other.start();
				try {
					other.join();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
			return RequestSource.Request.NONE;
		});
	}

	private Object block() {
		this.recorder.enter(this.leaf);
		this.recorder.exit(this.leaf);
		return "";
	}

	private long sum(Action action) {
		return this.ledger.sums()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().action() == action)
			.mapToLong((entry) -> entry.getValue().occurrences())
			.sum();
	}

	private int leaf() {
		List<Hook> hooks = this.catalog.hooks();
		for (int i = 0; i < hooks.size(); i++) {
			if (hooks.get(i).kind() == Kind.LEAF && hooks.get(i).rule().equals("file-read")) {
				return i;
			}
		}
		throw new IllegalStateException();
	}

	private Policy policy(Action action) {
		Map<Origin, Action> actions = Map.of(Origin.APPLICATION, action, Origin.LIBRARY, action, Origin.FRAMEWORK,
				action, Origin.UNKNOWN, action);
		Map<String, Map<Origin, Action>> all = new HashMap<>();
		this.catalog.rules().forEach((rule) -> all.put(rule.id(), actions));
		return new Policy(this.catalog, all);
	}

	private void onLoop(Callable<?> task) {
		Mono.fromCallable(task).subscribeOn(this.loop).block(Duration.ofSeconds(10));
	}

}
