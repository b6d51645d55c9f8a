package io.github.loopguard.detect;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import com.example.opener.Site;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.catalog.Hook.Use;
import io.github.loopguard.ledger.LedgerTotals.ColdStart;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class that somebody loads outside of any call is an occurrence of its own, one that
 * code needs because it runs for the first time is a cold start.
 */
class ClassDefinitionTests {

	private final Catalog catalog = Catalog.shipped();

	private final Ledger ledger = new Ledger(this.catalog);

	private final OccurrenceRecorder recorder = new OccurrenceRecorder(this.catalog, this.ledger,
			ApplicationPackages.of(List.of("com.example")), Policy.defaults(this.catalog));

	@Test
	void classLoadedAfterALazyCallIsCounted() {
		int lazy = hook(true);
		int leaf = hook(false);
		Mono.fromRunnable(() -> Site.read((nothing) -> {
			this.recorder.enter(lazy);
			this.recorder.enter(leaf);
			this.recorder.exit(leaf);
			this.recorder.exit(lazy);
		}, loadedBy(new URLClassLoader(new URL[0]))))
			.subscribeOn(Schedulers.newSingle("loop", true))
			.block(Duration.ofSeconds(10));
		assertThat(this.ledger.violations()).extracting(Violation::rule).contains("class-loading");
	}

	@Test
	void classThatCodeNeedsAtItsFirstRunIsAColdStart() {
		Consumer<String> firstUse = loadedBy(Site.class.getClassLoader());
		Mono.fromRunnable(() -> Site.read((nothing) -> firstUse.accept("com/acme/Early"), firstUse))
			.subscribeOn(Schedulers.newSingle("loop", true))
			.block(Duration.ofSeconds(10));
		assertThat(this.ledger.violations()).isEmpty();
		assertThat(this.ledger.totals().occurrences()).isZero();
		assertThat(this.ledger.totals().coldStart()).isPositive();
		assertThat(this.ledger.coldStarts()).extracting(ColdStart::classes)
			.satisfies((classes) -> assertThat(classes.stream().mapToLong(Long::longValue).sum()).isEqualTo(2));
		assertThat(this.ledger.coldStarts()).extracting(ColdStart::firstClass).contains("com.acme.Early");
	}

	@Test
	void classLoadedByALoaderOfItsOwnInsideACallOfAnotherRuleIsPartOfThatCall() {
		int entry = hook(true);
		Consumer<String> loads = loadedBy(new URLClassLoader(new URL[0]));
		Mono.fromRunnable(() -> Site.read((nothing) -> {
			this.recorder.enter(entry);
			loads.accept("com/acme/Template");
			this.recorder.exit(entry);
		}, (nothing) -> {
		})).subscribeOn(Schedulers.newSingle("loop", true)).block(Duration.ofSeconds(10));
		assertThat(this.ledger.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo(this.catalog.hooks().get(entry).rule());
			assertThat(violation.count()).isEqualTo(1);
			assertThat(violation.held().count()).isEqualTo(1);
		});
	}

	@Test
	void coldStartsHaveALimit() {
		for (int i = 0; i < 500; i++) {
			this.ledger.startedCold("com.acme.Place" + i + "#run", "com.acme.Late", true);
		}
		assertThat(this.ledger.totals().coldStart()).isEqualTo(500);
		assertThat(this.ledger.coldStarts()).hasSize(101)
			.first()
			.satisfies((others) -> assertThat(others.at()).isEqualTo("others"))
			.satisfies((others) -> assertThat(others.count()).isEqualTo(400));
	}

	private Consumer<String> loadedBy(ClassLoader loader) {
		return (className) -> this.recorder.classDefined(className, loader);
	}

	private int hook(boolean lazy) {
		for (int i = 0; i < this.catalog.hooks().size(); i++) {
			if (this.catalog.hooks().get(i).use() == (lazy ? Use.OPENS : Use.NONE)
					&& this.catalog.hooks().get(i).kind() == (lazy ? Kind.ENTRY : Kind.LEAF)) {
				return i;
			}
		}
		throw new IllegalStateException();
	}

}
