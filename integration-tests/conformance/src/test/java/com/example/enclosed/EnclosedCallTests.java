package com.example.enclosed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * A transaction is one call of its rule; whatever else blocks in it is a call of its own,
 * before and after the database was called.
 */
class EnclosedCallTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final DefaultEventLoop LOOP = new DefaultEventLoop();

	private static final DriverManagerDataSource DATABASE = new DriverManagerDataSource(
			"jdbc:h2:mem:enclosed;DB_CLOSE_DELAY=-1");

	private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE);

	private static final TransactionTemplate TRANSACTIONS = new TransactionTemplate(
			new JdbcTransactionManager(DATABASE));

	@BeforeAll
	static void install() throws Exception {
		Loopguard.instance().install(ApplicationPackages.ofClass(EnclosedCallTests.class.getName()));
		JDBC.execute("create table item(id int)");
		onLoop(EnclosedCallTests::order);
	}

	@AfterAll
	static void close() {
		LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@BeforeEach
	void clear() {
		Loopguard.instance().ledger().clear();
	}

	@Test
	void transactionIsOneCallAndWhatElseBlocksInItAreOthers() throws Exception {
		onLoop(EnclosedCallTests::order);
		assertThat(violations()).extracting(Violation::rule, Violation::api, Violation::count)
			.containsExactlyInAnyOrder(
					tuple("jdbc", "org.springframework.transaction.support.TransactionTemplate.execute", 1L),
					tuple("file-read", "java.nio.file.Files.readString", 2L),
					tuple("sleep", "java.lang.Thread.sleep", 1L));
		assertThat(violations())
			.allSatisfy((violation) -> assertThat(violation.held().count()).isEqualTo(violation.count()));
		Duration slept = of("sleep").held().max();
		assertThat(of("jdbc").held().max()).as("from the beginning to the end").isGreaterThan(slept);
	}

	@Test
	void otherCallsAreTimedOnTheirOwn() throws Exception {
		onLoop(() -> TRANSACTIONS.execute((status) -> {
			JDBC.queryForObject("select count(*) from item", Long.class);
			sleep(100);
			return read();
		}));
		assertThat(of("sleep").held().max()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
		assertThat(of("file-read").held().max()).isLessThan(of("jdbc").held().max());
	}

	@Test
	void hangInATransactionThatHasCalledTheDatabaseIsTold() throws Exception {
		CountDownLatch released = new CountDownLatch(1);
		Future<?> hanging = LOOP.submit(() -> TRANSACTIONS.execute((status) -> {
			JDBC.queryForObject("select count(*) from item", Long.class);
			try {
				return released.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}));
		try {
			Awaitility.await()
				.atMost(SOON)
				.untilAsserted(() -> assertThat(violations()).extracting(Violation::rule, Violation::action)
					.containsExactlyInAnyOrder(tuple("jdbc", Action.LOG), tuple("thread-park", Action.LOG)));
			assertThat(hanging.isDone()).isFalse();
		}
		finally {
			released.countDown();
		}
		assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
	}

	private static void order() {
		TRANSACTIONS.execute((status) -> {
			long size = read();
			JDBC.update("insert into item values (?)", size);
			size += read();
			sleep(1);
			return JDBC.queryForObject("select count(*) from item", Long.class) + size;
		});
	}

	private static long read() {
		try {
			return Files.readString(Path.of("pom.xml")).length();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void sleep(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void onLoop(Runnable task) throws Exception {
		LOOP.submit(task).get(60, TimeUnit.SECONDS);
	}

	private static Violation of(String rule) {
		return violations().stream().filter((violation) -> violation.rule().equals(rule)).findFirst().orElseThrow();
	}

	private static List<Violation> violations() {
		return Loopguard.instance().ledger().violations();
	}

}
