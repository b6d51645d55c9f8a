package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.OnCancel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code loopguard.bridge.virtual-threads}.
 */
class BridgeVirtualThreadsTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class))
		.withPropertyValues("loopguard.bridge.virtual-threads=true");

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void failsByNameWhereThereAreNone() {
		this.contextRunner.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(InvalidConfigurationPropertyValueException.class)
			.hasMessageContaining("loopguard.bridge.virtual-threads", "JDK 21"));
	}

	@Test
	void isOffUnlessSet() {
		this.contextRunner
			.withPropertyValues("loopguard.bridge.virtual-threads=false", "loopguard.bridge.lanes.mail.threads=2")
			.run((context) -> {
				assertThat(status(context.getBean(BlockingBridge.class), "mail").kind()).isEqualTo(LaneKind.PLATFORM);
				assertThat(status(context.getBean(BlockingBridge.class), "default").kind())
					.isEqualTo(LaneKind.BOUNDED_ELASTIC);
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void lanesWithoutAKindOfTheirOwnRunOnVirtualThreads() {
		this.contextRunner.withBean("files", LaneSpec.class, () -> LaneSpec.named("files").withThreads(3))
			.withBean("codec", LaneSpec.class, () -> LaneSpec.named("codec"))
			.withPropertyValues("loopguard.bridge.lanes.reports.threads=2",
					"loopguard.bridge.lanes.codec.kind=platform", "loopguard.bridge.lanes.legacy.kind=platform")
			.run((context) -> {
				BlockingBridge bridge = context.getBean(BlockingBridge.class);
				assertThat(bridge.lanes()).filteredOn((lane) -> lane.kind() == LaneKind.VIRTUAL)
					.extracting(LaneStatus::name)
					.containsExactly("default", "files", "reports");
				assertThat(bridge.lanes()).filteredOn((lane) -> lane.kind() == LaneKind.PLATFORM)
					.extracting(LaneStatus::name)
					.containsExactly("codec", "cpu", "legacy");
				assertThat(status(bridge, "reports").maxThreads()).isEqualTo(2);
				assertThat(status(bridge, "files").maxThreads()).isEqualTo(3);
				for (String lane : new String[] { "default", "files", "reports" }) {
					StepVerifier.create(bridge.lane(lane).call(BridgeVirtualThreadsTests::onVirtualThread))
						.expectNext(true)
						.expectComplete()
						.verify(SOON);
				}
				StepVerifier.create(bridge.cpu(BridgeVirtualThreadsTests::onVirtualThread))
					.expectNext(false)
					.expectComplete()
					.verify(SOON);
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void theDefaultLaneHasTheLimitsOfBoundedElastic() {
		LaneStatus elastic = elastic();
		this.contextRunner.run((context) -> {
			LaneStatus status = context.getBean(BlockingBridge.class).status();
			assertThat(status.kind()).isEqualTo(LaneKind.VIRTUAL);
			assertThat(status.maxThreads()).isEqualTo(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE)
				.isEqualTo(elastic.maxThreads());
			assertThat(status.queueCapacity()).isEqualTo(elastic.queueCapacity());
			assertThat(status.maxOpen()).isEqualTo(elastic.maxOpen());
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void theDefaultLaneHasNoQueueTimeoutAndInterrupts() {
		BridgeProperties properties = new BridgeProperties();
		properties.setVirtualThreads(true);
		assertThat(ConfiguredLanes.of(properties, Map.of())).singleElement().satisfies((lane) -> {
			assertThat(lane.limits().name()).isEqualTo("default");
			assertThat(lane.limits().queueTimeout()).isNull();
			assertThat(lane.limits().runTimeout()).isNull();
			assertThat(lane.limits().onCancel()).isEqualTo(OnCancel.INTERRUPT);
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void aDefaultLaneOfTheApplicationKeepsItsLimits() {
		this.contextRunner
			.withPropertyValues("loopguard.bridge.lanes.default.threads=9", "loopguard.bridge.lanes.cpu.kind=virtual")
			.run((context) -> {
				BlockingBridge bridge = context.getBean(BlockingBridge.class);
				assertThat(bridge.status().kind()).isEqualTo(LaneKind.VIRTUAL);
				assertThat(bridge.status().maxThreads()).isEqualTo(9);
				assertThat(bridge.status().queueCapacity()).isEqualTo(LaneSpec.DEFAULT_QUEUE_CAPACITY);
				assertThat(status(bridge, "cpu").kind()).isEqualTo(LaneKind.VIRTUAL);
			});
	}

	private static LaneStatus elastic() {
		try (BlockingBridge bridge = new BlockingBridge(List.of())) {
			return bridge.status();
		}
	}

	private static LaneStatus status(BlockingBridge bridge, String lane) {
		return bridge.lane(lane).status();
	}

	/**
	 * Returns whether the current thread is virtual; the compiler knows JDK 17.
	 */
	private static boolean onVirtualThread() throws ReflectiveOperationException {
		return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
	}

}
