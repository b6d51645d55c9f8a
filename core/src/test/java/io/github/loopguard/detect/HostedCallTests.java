package io.github.loopguard.detect;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import com.example.opener.Initialised;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever blocks while a class is initialised is a call of its own, and over by itself.
 */
class HostedCallTests {

	private static final Runnable NOTHING = () -> {
	};

	private static final Hook SPAN = Hook.added("sleep", "com.example.opener.Initialised", "byName");

	private final Catalog catalog = Catalog.shipped()
		.with(SPAN.rule(), List.of(new Hook(SPAN.rule(), Kind.ENTRY, SPAN.className(), SPAN.methodName(), null, null,
				null, false, false, Hook.Use.NONE, null, SPAN.condition(), SPAN.availability(), null)));

	private final Ledger ledger = new Ledger(this.catalog);

	private final OccurrenceRecorder recorder = new OccurrenceRecorder(this.catalog, this.ledger,
			ApplicationPackages.of(List.of("com.example")), Policy.defaults(this.catalog));

	private final int forName = hook(
			(hook) -> hook.className().equals("java.lang.Class") && hook.methodName().equals("forName"));

	private final int span = hook((hook) -> hook.className().equals(SPAN.className()));

	private final int sleep = hook((hook) -> hook.kind() == Kind.LEAF && hook.rule().equals("sleep"));

	private final int read = hook((hook) -> hook.kind() == Kind.LEAF && hook.rule().equals("file-read"));

	@Test
	void markIsOverBeforeTheClassIsInitialised() {
		onLoop(() -> byName(Initialised.First.class, NOTHING, () -> {
			this.recorder.marked(Hook.declared("operation"));
			call(this.sleep);
		}));
		assertRules("marked-blocking", "sleep");
	}

	@Test
	void markAfterTheClassWasLoaded() {
		onLoop(() -> byName(Initialised.Second.class, () -> call(this.read),
				() -> this.recorder.marked(Hook.declared("operation"))));
		assertRules("class-loading", "marked-blocking");
	}

	@Test
	void classIsOverBeforeTheClassThatLoadsItIsInitialised() {
		onLoop(() -> byName(Initialised.Third.class, NOTHING, () -> {
			this.recorder.classDefined("com/acme/Template", new URLClassLoader(new URL[0]));
			this.recorder.classDefined("com/acme/Part", new URLClassLoader(new URL[0]));
			call(this.sleep);
		}));
		assertRules("class-loading", "sleep");
	}

	@Test
	void callInsideAnotherThatGivesItNoName() {
		onLoop(() -> byName(Initialised.Fourth.class, () -> call(this.read), () -> call(this.sleep), this.span));
		assertRules("class-loading", "sleep");
	}

	private void assertRules(String... rules) {
		assertThat(this.ledger.violations()).extracting(Violation::rule).containsExactlyInAnyOrder(rules);
		assertThat(this.ledger.violations()).allSatisfy((violation) -> assertThat(violation.count()).isOne());
		assertThat(this.recorder.failures()).isZero();
	}

	private void byName(Class<?> type, Runnable loading, Runnable initialising, int... outer) {
		IntStream.of(outer).forEach(this.recorder::enter);
		this.recorder.enter(this.forName);
		Initialised.byName(type, loading, initialising);
		this.recorder.exit(this.forName);
		IntStream.of(outer).forEach(this.recorder::exit);
	}

	private void call(int hook) {
		this.recorder.enter(hook);
		this.recorder.exit(hook);
	}

	private int hook(Predicate<Hook> wanted) {
		return IntStream.range(0, this.catalog.hooks().size())
			.filter((id) -> wanted.test(this.catalog.hooks().get(id)))
			.findFirst()
			.orElseThrow();
	}

	private static void onLoop(Runnable task) {
		Mono.fromRunnable(task).subscribeOn(Schedulers.newSingle("loop", true)).block(Duration.ofSeconds(10));
	}

}
