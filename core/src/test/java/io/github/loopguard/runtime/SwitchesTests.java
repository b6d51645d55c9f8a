package io.github.loopguard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.flight.FlightRecorderSettings;
import io.github.loopguard.detect.flight.FlightRecorderSettings.Paths;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.ledger.Links;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Settings that are switched while the JVM runs.
 */
class SwitchesTests {

	private static final LoopMonitorSettings CONFIGURED = LoopMonitorSettings.DEFAULTS;

	private final Catalog catalog = Catalog.shipped();

	private final Ledger ledger = new Ledger(this.catalog);

	private final LedgerThread threads = new LedgerThread(this.ledger);

	private final Detection detection = new Detection(this.catalog, this.ledger, () -> {
	});

	private final SettingsInForce settings = new SettingsInForce(this.catalog, this.ledger, this.detection,
			new ExtensionRegistry());

	private final Contexts contexts = new Contexts(this, this.threads, () -> {
	});

	private final Switches switches = new Switches(this, this.settings, this.threads);

	private final List<Switch.Event> events = new ArrayList<>();

	@BeforeEach
	void configure() {
		this.contexts.add(new ContextSettings("test", ApplicationPackages.NONE, Policy.defaults(this.catalog),
				LedgerSettings.DEFAULTS, Links.NONE, DetectorSettings.OFF.with(CONFIGURED)));
		this.settings.apply(this.contexts, true);
	}

	@AfterEach
	void stop() {
		this.detection.configure(DetectorSettings.OFF);
	}

	@Test
	void whatIsSwitchedIsInForceUntilItIsReverted() {
		this.switches.apply(List.of(threshold(Duration.ofMillis(20))), null, "ada");
		assertThat(this.switches.settings().detectors().loopMonitor().threshold()).hasMillis(20);
		assertThat(this.switches.inForce()).singleElement().satisfies((it) -> {
			assertThat(it.name()).isEqualTo("threshold");
			assertThat(it.value()).isEqualTo("PT0.02S");
			assertThat(it.by()).isEqualTo("ada");
			assertThat(it.until()).isNull();
		});
		this.switches.apply(List.of(new Switch.Change("threshold", SwitchesTests::threshold, null)), null, "bob");
		assertThat(this.switches.inForce()).isEmpty();
		assertThat(this.switches.settings().detectors().loopMonitor()).isEqualTo(CONFIGURED);
		tell();
		assertThat(this.events).containsExactly(new Switch.Event("threshold", "PT0.1S", "PT0.02S", null, "ada", null),
				new Switch.Event("threshold", "PT0.02S", "PT0.1S", null, "bob", "as requested"));
	}

	@Test
	void whatIsNotSwitchedIsNotReverted() {
		this.switches.apply(List.of(new Switch.Change("threshold", SwitchesTests::threshold, null)), null, null);
		tell();
		assertThat(this.events).isEmpty();
	}

	@Test
	void switchWithAnEndReverts() {
		this.switches.apply(List.of(threshold(Duration.ofMillis(20))), Duration.ofMillis(50), "ada");
		assertThat(this.switches.inForce()).singleElement().satisfies((it) -> assertThat(it.until()).isNotNull());
		Awaitility.await().untilAsserted(() -> {
			this.settings.expire(this);
			assertThat(this.switches.inForce()).isEmpty();
		});
		assertThat(this.switches.settings().detectors().loopMonitor()).isEqualTo(CONFIGURED);
		tell();
		assertThat(this.events).extracting(Switch.Event::to, Switch.Event::by, Switch.Event::reverted)
			.containsExactly(tuple("PT0.02S", "ada", null), tuple("PT0.1S", null, "because its time is over"));
	}

	@Test
	void onlyTheSwitchWhoseTimeIsOverReverts() {
		this.switches.apply(List.of(threshold(Duration.ofMillis(20))), Duration.ofMillis(50), null);
		this.switches.apply(List.of(logging(Action.OFF)), Duration.ofMinutes(1), null);
		Awaitility.await().untilAsserted(() -> {
			this.settings.expire(this);
			assertThat(this.switches.inForce()).extracting(Switch::name).containsExactly("action");
		});
		assertThat(this.detection.policy().action("file-read", Origin.APPLICATION, null)).isEqualTo(Action.OFF);
	}

	@Test
	void switchedLastCounts() {
		this.switches.apply(List.of(logging(Action.FAIL)), Duration.ofMillis(10), null);
		this.switches.apply(List.of(logging(Action.OBSERVE)), null, null);
		assertThat(this.detection.policy().action("file-read", Origin.APPLICATION, null)).isEqualTo(Action.OBSERVE);
		assertThat(this.switches.inForce()).singleElement().satisfies((it) -> assertThat(it.until()).isNull());
	}

	@Test
	void detectorStartsAndStops() {
		this.switches.apply(List.of(enabled(false)), null, null);
		assertThat(this.detection.status()).extracting(DetectorStatus::name).doesNotContain("loop-monitor");
		this.switches.apply(List.of(enabled(true)), null, null);
		assertThat(this.detection.status()).extracting(DetectorStatus::name).contains("loop-monitor");
	}

	@Test
	void detectorThatIsSwitchedOnWaitsForNoStartToBeOver() {
		DetectorSettings off = DetectorSettings.OFF.with(CONFIGURED.withEnabled(false));
		DetectorSettings on = DetectorSettings.OFF.with(CONFIGURED);
		assertThat(OutsideDetectors.switched(off, on).loopMonitor().grace()).isZero();
		assertThat(OutsideDetectors.switched(on, on).loopMonitor()).isEqualTo(CONFIGURED);
	}

	@Test
	void flightRecorderThatIsSwitchedOnStartsAtOnceAlsoWhereItsTimelineWasOn() {
		FlightRecorderSettings timeline = new FlightRecorderSettings(false, Duration.ofMillis(10),
				Duration.ofSeconds(10), Paths.NAME, List.of(), 60, true);
		assertThat(OutsideDetectors
			.switched(DetectorSettings.OFF.with(timeline), DetectorSettings.OFF.with(timeline.withEnabled(true)))
			.flightRecorder()
			.startDelay()).isZero();
	}

	@Test
	void contextThatAttachesBringsItsOwnSettings() {
		this.switches.apply(List.of(threshold(Duration.ofMillis(20)), logging(Action.OFF)), null, null);
		this.settings.apply(this.contexts, true);
		assertThat(this.switches.inForce()).isEmpty();
		assertThat(this.detection.policy().action("file-read", Origin.APPLICATION, null)).isEqualTo(Action.LOG);
		tell();
		assertThat(this.events).extracting(Switch.Event::reverted)
			.containsExactly(null, null, "because an application context was attached or has closed",
					"because an application context was attached or has closed");
	}

	@Test
	void nothingIsSwitchedWhereNothingIsDetected() {
		this.settings.apply(this.contexts, false);
		assertThatIllegalStateException().isThrownBy(() -> this.switches.apply(List.of(enabled(true)), null, null));
		assertThat(this.switches.inForce()).isEmpty();
	}

	@Test
	void listenerThatFailsKeepsNothingFromTheOthers() {
		this.switches.addListener((event) -> {
			throw new IllegalArgumentException("a listener");
		});
		this.switches.apply(List.of(enabled(false)), null, null);
		tell();
		assertThat(this.events).hasSize(1);
	}

	@Test
	void eventsBeyondTheLimitAreCounted() {
		for (int i = 0; i < 1_030; i++) {
			this.settings.events().add(new Switch.Event("any", "a", "b", null, null, null));
		}
		assertThat(this.switches.droppedNotifications()).isEqualTo(6);
	}

	private void tell() {
		this.switches.addListener(this.events::add);
		this.settings.events().tell();
	}

	private static Switch.Change threshold(Duration threshold) {
		return new Switch.Change("threshold", SwitchesTests::threshold,
				(it) -> it.with(it.detectors().with(it.detectors().loopMonitor().withThreshold(threshold))));
	}

	private static String threshold(RuntimeSettings settings) {
		return settings.detectors().loopMonitor().threshold().toString();
	}

	private static Switch.Change enabled(boolean enabled) {
		return new Switch.Change("enabled", (it) -> String.valueOf(it.detectors().loopMonitor().enabled()),
				(it) -> it.with(it.detectors().with(it.detectors().loopMonitor().withEnabled(enabled))));
	}

	private static Switch.Change logging(Action action) {
		return new Switch.Change("action", (it) -> it.policy().action("file-read", Origin.APPLICATION, null).toString(),
				(it) -> it.with(it.policy().with("file-read", Origin.APPLICATION, action)));
	}

}
