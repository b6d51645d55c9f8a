package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Waited;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When what has waited is told.
 */
class WaitedAnnouncementTests {

	private final Catalog catalog = Catalog.shipped();

	private final Ledger ledger = new Ledger(this.catalog);

	private final LedgerThread thread = new LedgerThread(this.ledger);

	private final Logger logger = (Logger) LoggerFactory.getLogger(LedgerThread.LOGGER);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.appender);
	}

	@Test
	void violationIsLoggedWhenItIsKnownWhatHasWaited() {
		WaitedCounters waited = occur();
		waited.countsFor(Duration.ofMinutes(1).toNanos());
		this.thread.look();
		assertThat(lines()).isEmpty();
		waited.add(new Waited(3L));
		this.thread.look();
		assertThat(lines()).singleElement().asString().contains("made 3 queued tasks wait");
	}

	@Test
	void violationIsLoggedAtTheEndAlsoIfItIsNotKnown() {
		this.thread.start();
		WaitedCounters waited = occur();
		waited.countsFor(Duration.ofMinutes(1).toNanos());
		this.thread.flush();
		assertThat(lines()).singleElement().asString().contains("[file-read]").doesNotContain("made");
	}

	@Test
	void timeoutsOfALoggedViolationHaveALineOfTheirOwn() {
		WaitedCounters waited = occur();
		this.thread.look();
		assertThat(lines()).hasSize(1);
		waited.add(timeouts("read", 2));
		waited.add(timeouts("connect", 1));
		this.thread.look();
		this.thread.look();
		assertThat(lines()).hasSize(2);
		assertThat(lines().get(1)).contains("1 × connect, 2 × read")
			.contains(
					"held by java.nio.file.Files.readString [file-read] at com.acme.Invoices.render(Invoices.java:42)");
		waited.add(timeouts("read", 5));
		this.thread.look();
		assertThat(lines().get(2)).contains("5 × read").doesNotContain("connect");
	}

	@Test
	void timeoutsThatTheLineOfTheViolationNamesAreNotToldAgain() {
		occur().add(timeouts("read", 2));
		this.thread.look();
		this.thread.look();
		assertThat(lines()).singleElement().asString().contains("made client calls time out: 2 × read");
	}

	private WaitedCounters occur() {
		Frame site = new Frame("com.acme.Invoices", "render", "Invoices.java", 42);
		Finding finding = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null,
				Origin.APPLICATION, site, site, null, false, CallStack.NONE, "loop-1", null, null);
		OccurrenceCounter counter = this.ledger.counter(finding, Policy.defaults(this.catalog).decide(finding));
		counter.begun();
		counter.ended(Duration.ofMillis(80).toNanos());
		return Objects.requireNonNull(counter.violation()).waited();
	}

	private static Waited timeouts(String kind, long count) {
		return new Waited(null, null, null, List.of(), null, null, Map.of(kind, count));
	}

	private List<String> lines() {
		return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
