package com.example.lazy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is lazy ends with the turn in which it was opened, and one use of it is one call.
 */
class LazyCallTests {

	@BeforeAll
	static void install() throws Exception {
		Loopguard.instance().install(ApplicationPackages.ofClass(LazyCallTests.class.getName()));
		try (Loop.Turns turns = Loop.NETTY_TASKS.open()) {
			turns.call(() -> Uses.listingAndLoop(slow()) + Uses.walk() + Uses.stream(slow()));
		}
	}

	@BeforeEach
	void clear() {
		Loopguard.instance().ledger().clear();
	}

	@ParameterizedTest
	@EnumSource
	void whatOthersOpenedIsACallOfItsOwnInTheNextTurn(Loop loop) throws Exception {
		try (Loop.Turns turns = loop.open()) {
			turns.call(() -> Uses.listingOr(null));
			for (int i = 0; i < 2; i++) {
				Stream<Path> others = Uses.openList();
				turns.call(() -> Uses.listingOr(others));
			}
		}
		assertThat(count("directory-list")).isEqualTo(1);
		assertThat(count("directory-scan")).isGreaterThanOrEqualTo(2);
		assertThat(violations()).filteredOn((violation) -> violation.rule().equals("directory-scan"))
			.allSatisfy((violation) -> assertThat(violation.formerKeys()).as("what Loopguard 0.1 counted it with")
				.contains(new ViolationKey("directory-list", "java.nio.file.Files.list",
						Uses.class.getName() + "#listingOr")));
	}

	@ParameterizedTest
	@EnumSource(names = { "NETTY_TASKS", "NETTY_EVENTS" })
	void loopOverAPublisherInLaterTurnsIsACallOfItsOwn(Loop loop) throws Exception {
		try (Loop.Turns turns = loop.open()) {
			turns.call(() -> Uses.listingOrLoop(null));
			for (int i = 0; i < 2; i++) {
				turns.call(() -> Uses.listingOrLoop(slow()));
			}
		}
		assertThat(violations()).hasSize(2);
		assertThat(count("directory-list")).isEqualTo(1);
		assertThat(count("reactive-block")).isEqualTo(2);
	}

	@Test
	void loopOverAPublisherIsACallOfItsOwnInTheSameTurn() throws Exception {
		onNetty(() -> Uses.listingAndLoop(slow()));
		assertThat(violations()).hasSize(2);
		assertThat(count("directory-list")).isEqualTo(1);
		assertThat(count("reactive-block")).isEqualTo(1);
	}

	@Test
	void loopOverAPublisherIsOneCall() throws Exception {
		onNetty(() -> Uses.loop(slow()));
		assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo("reactive-block");
			assertThat(violation.api()).isEqualTo("java.util.Iterator.hasNext");
			assertThat(violation.count()).isEqualTo(1);
			assertThat(violation.held().count()).isEqualTo(1);
		});
	}

	@Test
	void threeLoopsAreThreeCalls() throws Exception {
		onNetty(() -> Uses.threeLoops(slow()));
		assertThat(violations()).singleElement().satisfies((violation) -> assertThat(violation.count()).isEqualTo(3));
	}

	@Test
	void streamOfAPublisherIsOneCall() throws Exception {
		onNetty(() -> Uses.stream(slow()));
		assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo("reactive-block");
			assertThat(violation.count()).isEqualTo(1);
		});
	}

	@Test
	void walkIsOneCall() throws Exception {
		onNetty(Uses::walk);
		assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo("directory-walk");
			assertThat(violation.api()).isEqualTo("java.nio.file.Files.walk");
			assertThat(violation.count()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@EnumSource
	void walkThatAnotherThreadOpenedIsOneCall(Loop loop) throws Exception {
		try (Loop.Turns turns = loop.open(); Stream<Path> walk = Uses.openWalk()) {
			assertThat(turns.call(() -> Uses.use(walk))).isGreaterThan(100);
		}
		assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo("directory-walk");
			assertThat(violation.api()).isEqualTo("java.util.stream.Stream.forEach");
			assertThat(violation.site().methodName()).isEqualTo("use");
			assertThat(violation.formerKeys()).as("by which Loopguard 0.1 knew a part of it")
				.anySatisfy((key) -> assertThat(key.rule()).isIn("file-stat", "directory-scan"));
			assertThat(violation.count()).isEqualTo(1);
			assertThat(violation.held().count()).isEqualTo(1);
		});
	}

	private static void onNetty(Callable<Long> task) throws Exception {
		try (Loop.Turns turns = Loop.NETTY_TASKS.open()) {
			turns.call(task);
		}
	}

	/**
	 * Emits slowly enough for whoever goes through it to wait.
	 */
	private static Flux<Long> slow() {
		return Flux.interval(Duration.ofMillis(5), Schedulers.boundedElastic()).take(3);
	}

	private static long count(String rule) {
		return violations().stream()
			.filter((violation) -> violation.rule().equals(rule))
			.mapToLong(Violation::count)
			.sum();
	}

	private static List<Violation> violations() {
		return Loopguard.instance().ledger().violations();
	}

}
