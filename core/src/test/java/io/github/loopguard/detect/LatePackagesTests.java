package io.github.loopguard.detect;

import java.time.Duration;
import java.util.List;

import com.example.opener.Wrapper;
import org.junit.jupiter.api.Test;
import org.lib.Task;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Packages of the application that become known after a call blocked.
 */
class LatePackagesTests {

	private final Catalog catalog = Catalog.shipped();

	private final Ledger ledger = new Ledger(this.catalog);

	private final OccurrenceRecorder recorder = new OccurrenceRecorder(this.catalog, this.ledger,
			ApplicationPackages.NONE, Policy.defaults(this.catalog));

	@Test
	void taskOfTheApplicationIsAccusedOnceItIsKnown() {
		onLoop(new Task(this::block));
		this.recorder.configure(ApplicationPackages.of(List.of("org.lib")), Policy.defaults(this.catalog));
		assertThat(this.ledger.violations()).singleElement()
			.satisfies((it) -> assertThat(it.site().className()).isEqualTo(Task.class.getName()));
	}

	@Test
	void codeThatOnlyRunsTheTaskOfALibraryStaysInnocent() {
		onLoop(new Wrapper(new Task(this::block)));
		this.recorder.configure(ApplicationPackages.of(List.of("com.example")), Policy.defaults(this.catalog));
		assertThat(this.ledger.violations()).singleElement().satisfies((it) -> {
			assertThat(it.site()).isNull();
			assertThat(it.origin()).isEqualTo(Origin.LIBRARY);
			assertThat(it.offender().className()).isEqualTo(Task.class.getName());
		});
	}

	private void onLoop(Runnable task) {
		Mono.fromRunnable(task).subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(10));
	}

	private void block() {
		int leaf = leaf();
		this.recorder.enter(leaf);
		this.recorder.exit(leaf);
	}

	private int leaf() {
		for (int i = 0; i < this.catalog.hooks().size(); i++) {
			if (this.catalog.hooks().get(i).kind() == Kind.LEAF) {
				return i;
			}
		}
		throw new IllegalStateException();
	}

}
