package io.github.loopguard.detect;

import java.time.Duration;
import java.util.List;

import com.example.opener.Site;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class that is loaded outside of any call is an occurrence of its own.
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
		}, this.recorder::classDefined)).subscribeOn(Schedulers.newSingle("loop", true)).block(Duration.ofSeconds(10));
		assertThat(this.ledger.violations()).extracting(Violation::rule).contains("class-loading");
	}

	private int hook(boolean lazy) {
		for (int i = 0; i < this.catalog.hooks().size(); i++) {
			if (this.catalog.hooks().get(i).lazy() == lazy
					&& this.catalog.hooks().get(i).kind() == (lazy ? Kind.ENTRY : Kind.LEAF)) {
				return i;
			}
		}
		throw new IllegalStateException();
	}

}
