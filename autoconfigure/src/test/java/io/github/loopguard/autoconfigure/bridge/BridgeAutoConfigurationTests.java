package io.github.loopguard.autoconfigure.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.InvalidLaneException;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.LaneTimeoutException;
import io.github.loopguard.detect.EventLoops;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BridgeAutoConfiguration}.
 */
class BridgeAutoConfigurationTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class));

	@Test
	void theBeanIsTheSharedInstance() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(BlockingBridge.class)).isSameAs(BlockingBridge.shared()));
	}

	@Test
	void theBeanExistsWhenLoopguardIsOff() {
		this.contextRunner.withPropertyValues("loopguard.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(BlockingBridge.class));
	}

	@Test
	void theBridgeKnowsTheEventLoopsOfTheDetectors() {
		EventLoops.add(List.of("acme-loop"), List.of());
		ExecutorService loop = Executors.newSingleThreadExecutor((task) -> new Thread(task, "acme-loop"));
		this.contextRunner.run((context) -> {
			BlockingBridge bridge = context.getBean(BlockingBridge.class);
			assertThat(loop.submit(() -> bridge.callIfOnLoop(() -> Thread.currentThread().getName()).toFuture())
				.get()
				.get(10, TimeUnit.SECONDS)).startsWith("boundedElastic-");
		});
		loop.shutdown();
	}

	@Test
	void recordingsShowCallsOnlyIfTheyShowTheTimeline() {
		this.contextRunner.run((context) -> assertThat(recordedCall(context)).isZero());
		this.contextRunner.withPropertyValues("loopguard.flight-recorder.timeline=true")
			.run((context) -> assertThat(recordedCall(context)).isOne());
		this.contextRunner.run((context) -> assertThat(recordedCall(context)).isZero());
	}

	/**
	 * Returns how many calls a recording shows of one.
	 */
	private static long recordedCall(ApplicationContext context) throws IOException {
		Path file = Files.createTempFile("lane", ".jfr");
		try (Recording recording = new Recording()) {
			recording.start();
			context.getBean(BlockingBridge.class).call(() -> 1).block(SOON);
			recording.stop();
			recording.dump(file);
			return RecordingFile.readAllEvents(file)
				.stream()
				.filter((it) -> it.getEventType().getName().equals("loopguard.LaneCall"))
				.count();
		}
		finally {
			Files.delete(file);
		}
	}

	@Test
	void backsOffForABridgeOfTheUser() {
		this.contextRunner.withUserConfiguration(OwnBridge.class).run((context) -> {
			assertThat(context).hasSingleBean(BlockingBridge.class);
			assertThat(context.getBean(BlockingBridge.class)).isNotSameAs(BlockingBridge.shared());
		});
	}

	@Test
	void closingTheContextClosesTheBridge() {
		this.contextRunner.run((context) -> {
			BlockingBridge bridge = context.getBean(BlockingBridge.class);
			context.close();
			StepVerifier.create(bridge.call(() -> 1))
				.expectError(LaneClosedException.class)
				.verify(Duration.ofSeconds(10));
			assertThat(BlockingBridge.shared()).isNotSameAs(bridge);
		});
	}

	@RepeatedTest(10)
	void aContextThatIsStoppedAndStartedAgainHasABridgeThatWorks() {
		this.contextRunner
			.withPropertyValues("loopguard.bridge.lanes.reports.run-timeout=50ms",
					"loopguard.bridge.lanes.reports.on-cancel=interrupt")
			.run((context) -> {
				BlockingBridge bridge = context.getBean(BlockingBridge.class);
				Lane held = bridge.lane("reports");
				context.getSourceApplicationContext().stop();
				StepVerifier.create(held.call(() -> 1)).expectError(LaneClosedException.class).verify(SOON);
				context.getSourceApplicationContext().start();
				for (Lane lane : List.of(bridge, bridge.lane("cpu"), held)) {
					StepVerifier.create(lane.call(() -> 1)).expectNext(1).expectComplete().verify(SOON);
				}
				StepVerifier.create(held.call(() -> {
					new CountDownLatch(1).await();
					return 1;
				})).expectError(LaneTimeoutException.class).verify(SOON);
				assertThat(BlockingBridge.shared()).isSameAs(bridge);
			});
	}

	@Test
	void lanesComeFromConfigurationAndFromBeansAndConfigurationWins() {
		this.contextRunner.withUserConfiguration(LaneBeans.class)
			.withPropertyValues("loopguard.bridge.lanes.reports.threads=3",
					"loopguard.bridge.lanes.reports.queue-capacity=7", "loopguard.bridge.lanes.mail.threads=5",
					"loopguard.bridge.lanes.default.threads=9")
			.run((context) -> {
				BlockingBridge bridge = context.getBean(BlockingBridge.class);
				assertThat(bridge.lanes()).extracting(LaneStatus::name)
					.containsExactly("cpu", "default", "files", "mail", "reports");
				assertThat(bridge.lane("reports").status().maxThreads()).isEqualTo(3);
				assertThat(bridge.lane("reports").status().queueCapacity()).isEqualTo(7);
				assertThat(bridge.lane("mail").status().maxThreads()).isEqualTo(5);
				assertThat(bridge.lane("mail").status().queueCapacity()).isEqualTo(11);
				assertThat(bridge.lane("files").status().maxThreads()).isEqualTo(4);
				assertThat(bridge.status().kind()).isEqualTo(LaneKind.PLATFORM);
				assertThat(bridge.status().maxThreads()).isEqualTo(9);
			});
	}

	@Test
	void twoLaneBeansOfTheSameNameFailByName() {
		this.contextRunner.withUserConfiguration(LaneBeans.class)
			.withBean("archive", LaneSpec.class, () -> LaneSpec.named("files").withThreads(1))
			.withPropertyValues("loopguard.bridge.lanes.files.threads=2")
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("The lane 'files'", "two beans", "'files'", "'archive'");
				assertThat(analysis.getAction()).contains("LaneSpec.named", "loopguard.bridge.lanes.files");
			});
	}

	/**
	 * Returns what an application that does not start would log.
	 */
	private static FailureAnalysis analysis(Throwable failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, ArgumentResolver.none(), (type, name, ex) -> {
			})
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	@Test
	void zeroThreadsFailByName() {
		assertFailure("threads=0", "loopguard.bridge.lanes.reports.threads=0 is less than 1", "set 1 or more");
	}

	@Test
	void negativeQueueCapacityFailsByName() {
		assertFailure("queue-capacity=-1", "loopguard.bridge.lanes.reports.queue-capacity=-1 is less than 0",
				"set 0 to reject as soon as all threads are busy");
	}

	@Test
	void negativeTimeoutsFailByName() {
		assertFailure("queue-timeout=-5s", "loopguard.bridge.lanes.reports.queue-timeout=PT-5S",
				"set a positive duration such as 500ms");
		assertFailure("run-timeout=0s", "loopguard.bridge.lanes.reports.run-timeout=PT0S",
				"set a positive duration such as 500ms");
	}

	@Test
	void aNegativeShutdownTimeoutFailsByName() {
		this.contextRunner.withPropertyValues("loopguard.bridge.shutdown-timeout=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("loopguard.bridge.shutdown-timeout"));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void virtualThreadsFailByNameWhereThereAreNone() {
		assertFailure("kind=virtual", "loopguard.bridge.lanes.reports.kind=VIRTUAL needs JDK 21 or later",
				"run on a newer JDK, or use PLATFORM");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsRunWhereThereAreSome() {
		this.contextRunner.withPropertyValues("loopguard.bridge.lanes.reports.kind=virtual")
			.run((context) -> StepVerifier.create(
					context.getBean(BlockingBridge.class).lane("reports").call(() -> Thread.currentThread().getName()))
				.expectNext("lane-reports-1")
				.expectComplete()
				.verify(Duration.ofSeconds(10)));
	}

	private void assertFailure(String option, String... texts) {
		this.contextRunner.withPropertyValues("loopguard.bridge.lanes.reports." + option).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause().isInstanceOf(InvalidLaneException.class);
			FailureAnalysis analysis = new InvalidLaneFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription() + analysis.getAction()).contains(texts);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBridge {

		@Bean
		BlockingBridge own() {
			return new BlockingBridge(List.of());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LaneBeans {

		@Bean
		LaneSpec files() {
			return LaneSpec.named("files").withThreads(4);
		}

		@Bean
		LaneSpec mail() {
			return LaneSpec.named("mail").withThreads(2).withQueueCapacity(11);
		}

	}

}
