package com.example.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs made by chance, of which it is known who blocks, how often and for how long:
 * for a minute, or for {@code -Dloopguard.fuzz.seconds}, with
 * {@code -Dloopguard.fuzz.seed} as printed by another run.
 */
class ProgramFuzzTests {

	private static final Duration TIME = Duration.ofSeconds(Long.getLong("loopguard.fuzz.seconds", 60));

	private static final int MOST_FAILURES = Integer.getInteger("loopguard.fuzz.most", 10);

	private static final Mode[] MODES = Mode.values();

	/** Programs that run under one mode before the next one. */
	private static final int STRETCH = 50;

	@BeforeAll
	static void install() throws InterruptedException, ClassNotFoundException {
		((Logger) LoggerFactory.getLogger("io.github.loopguard")).setLevel(Level.ERROR);
		((Logger) LoggerFactory.getLogger("reactor")).setLevel(Level.OFF);
		((Logger) LoggerFactory.getLogger("io.netty")).setLevel(Level.OFF);
		Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> Thread.onSpinWait());
		assertThat(Loopguard.instance().install(Mode.APPLICATION)).isNotEmpty();
		assertThat(Fixture.instance()).isNotNull();
		Loops.start();
		FreshClass.read("Straight$Initialised");
	}

	@AfterAll
	static void delete() throws IOException {
		Thread.setDefaultUncaughtExceptionHandler(null);
		Fixture.instance().delete();
	}

	@ParameterizedTest
	@MethodSource
	void programThatOnceFailedIsRight(Mode mode, String program) {
		assertThat(Program.run(Node.parse(program), mode).toString()).isEmpty();
	}

	static Stream<Arguments> programThatOnceFailedIsRight() {
		return Programs.kept().map((line) -> line.split(" ", 2)).map((line) -> Arguments.of(line[0], line[1]));
	}

	@Test
	void whoBlockedHowOftenAndHowLongIsReportedOfEveryProgram() {
		long seed = Long.getLong("loopguard.fuzz.seed", ThreadLocalRandom.current().nextLong());
		System.out.printf("Programs of %d s, -Dloopguard.fuzz.seed=%d%n", TIME.toSeconds(), seed);
		SplittableRandom random = new SplittableRandom(seed);
		Generator generator = new Generator();
		Set<String> failures = new LinkedHashSet<>();
		long start = System.nanoTime();
		long programs = 0;
		long occurrences = 0;
		while (System.nanoTime() - start < TIME.toNanos() && failures.size() < MOST_FAILURES) {
			Mode mode = MODES[(int) (programs / STRETCH % MODES.length)];
			Node program = generator.program(random, mode);
			Program.Outcome outcome = Program.run(program, mode);
			programs++;
			occurrences += outcome.occurrences();
			if (!outcome.isRight()) {
				failures.add(mode + " " + shrunk(program, mode, outcome));
			}
		}
		System.out.printf("%d programs, %d occurrences, %d failures%n", programs, occurrences, failures.size());
		failures.forEach(System.out::println);
		assertThat(failures).as("failures, seed %d", seed).isEmpty();
		if (Shape.all().stream().noneMatch(Shape::isUncertain)) {
			assertThat(Loopguard.instance().failures()).as("failures of Loopguard, seed %d", seed).isZero();
		}
		assertThat(Loopguard.instance().ledger().totals().sampled()).as("sampled").isFalse();
	}

	private static String shrunk(Node program, Mode mode, Program.Outcome outcome) {
		Node shrunk = new Shrinker((smaller) -> fails(smaller, mode)).shrink(program);
		Program.Outcome again = Program.run(shrunk, mode);
		System.out.printf("%s %s%n    %s%n", mode, program, outcome);
		return again.isRight() ? "once only: " + program + "\n    " + outcome : shrunk + "\n    " + again;
	}

	private static boolean fails(Node program, Mode mode) {
		return Generator.isUsable(program, mode) && !Program.run(program, mode).isRight();
	}

}
