package io.github.loopguard.detect.blockhound;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.RequestSource;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What BlockHound reports itself.
 */
class HookCallbackTests {

	@Test
	void callsOfAMarkedMethodAreAttributedOnce() {
		Catalog catalog = Catalog.shipped();
		Ledger ledger = new Ledger(catalog);
		OccurrenceRecorder recorder = new OccurrenceRecorder(catalog, ledger, ApplicationPackages.NONE,
				Policy.defaults(catalog));
		AtomicInteger attributed = new AtomicInteger();
		recorder.requestSource(() -> {
			attributed.incrementAndGet();
			return RequestSource.Request.NONE;
		});
		HookCallback callback = new HookCallback(recorder);
		Mono.fromRunnable(() -> {
			for (int i = 0; i < 100; i++) {
				callback.accept(new Object[] { "com.acme.Store", "read", 1 });
			}
		}).subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(10));
		assertThat(ledger.violations()).singleElement().extracting(Violation::count).isEqualTo(100L);
		assertThat(attributed).hasValue(1);
	}

	/**
	 * What hooks ignore is left to detectors that look from outside.
	 */
	@Test
	void nothingIsHookedWhileItIsMuted() {
		Catalog catalog = Catalog.shipped();
		OccurrenceRecorder recorder = new OccurrenceRecorder(catalog, new Ledger(catalog), ApplicationPackages.NONE,
				Policy.defaults(catalog));
		HookCallback callback = new HookCallback(recorder);
		long thread = Mono.fromCallable(() -> {
			callback.accept(new Object[] { "com.acme.Store", "read", 1 });
			return Thread.currentThread().getId();
		}).subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(10));
		assertThat(recorder.outside().isHooked(thread)).isTrue();
		callback.mute(true);
		assertThat(recorder.outside().isHooked(thread)).isFalse();
		callback.mute(false);
		assertThat(recorder.outside().isHooked(thread)).isTrue();
	}

}
