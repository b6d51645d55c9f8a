package io.github.loopguard.autoconfigure.bridge.tls;

import java.time.Duration;

import javax.net.ssl.SSLContext;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.bridge.BlockingBridge;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BridgeTlsAutoConfiguration}.
 */
class BridgeTlsTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("shop", bundle());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withBean(DefaultSslBundleRegistry.class, () -> this.bundles)
		.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class, BridgeTlsAutoConfiguration.class));

	@Test
	void theContextOfABundleIsMadeOnceUntilItIsReloaded() {
		this.contextRunner.run((context) -> {
			LaneSslBundles lane = context.getBean(LaneSslBundles.class);
			SSLContext first = lane.context("shop").block(SOON);
			StepVerifier
				.create(Flux.range(0, 20)
					.flatMap((i) -> lane.context("shop").subscribeOn(Schedulers.parallel()))
					.distinct())
				.expectNext(first)
				.expectComplete()
				.verify(SOON);
			this.bundles.updateBundle("shop", bundle());
			StepVerifier.create(lane.context("shop"))
				.assertNext((reloaded) -> assertThat(reloaded).isNotSameAs(first))
				.expectComplete()
				.verify(SOON);
			StepVerifier.create(lane.context("nope")).expectError(NoSuchSslBundleException.class).verify(SOON);
		});
	}

	@Test
	void aBundleThatIsRegisteredLaterIsReloadedToo() {
		this.contextRunner.run((context) -> {
			LaneSslBundles lane = context.getBean(LaneSslBundles.class);
			StepVerifier.create(lane.context("late")).expectError(NoSuchSslBundleException.class).verify(SOON);
			this.bundles.registerBundle("late", bundle());
			SSLContext first = lane.context("late").block(SOON);
			this.bundles.updateBundle("late", bundle());
			assertThat(lane.context("late").block(SOON)).isNotSameAs(first);
		});
	}

	@Test
	void theWebClientIsMadeInTheLaneAndShared() {
		this.contextRunner.run((context) -> {
			LaneWebClients clients = context.getBean(LaneWebClients.class);
			StepVerifier.create(clients.shared().concatWith(clients.shared()).distinct().count())
				.expectNext(1L)
				.expectComplete()
				.verify(SOON);
			StepVerifier.create(clients.shared("shop").concatWith(clients.shared()).distinct().count())
				.expectNext(2L)
				.expectComplete()
				.verify(SOON);
			assertThat(context.getBean(BlockingBridge.class).status().completed()).isEqualTo(2);
		});
	}

	@Test
	void thereAreNoClientsWithoutWebClient() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).doesNotHaveBean(LaneWebClients.class)
				.hasSingleBean(LaneSslBundles.class));
	}

	@Test
	void anApplicationThatDoesNotAskForThemDoesNotMakeThem() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(LaneWebClients.class).hasSingleBean(LaneSslBundles.class);
			DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
			assertThat(beans.getSingletonNames()).doesNotContain("laneWebClients", "laneSslBundles");
			context.getBean(LaneWebClients.class);
			assertThat(beans.getSingletonNames()).contains("laneWebClients", "laneSslBundles");
		});
	}

	private static SslBundle bundle() {
		return SslBundle.of(SslStoreBundle.NONE);
	}

}
