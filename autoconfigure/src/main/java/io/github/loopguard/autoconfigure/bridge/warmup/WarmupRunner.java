package io.github.loopguard.autoconfigure.bridge.warmup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.loopguard.bridge.BlockingBridge;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Warms the application up after its web server has started and before readiness. Errors
 * are logged; the application starts anyway.
 */
final class WarmupRunner implements ApplicationRunner, Ordered {

	private static final Log logger = LogFactory.getLog(WarmupRunner.class);

	private final BlockingBridge bridge;

	private final WarmupProperties properties;

	private final @Nullable LoopbackWarmup loopback;

	WarmupRunner(BlockingBridge bridge, WarmupProperties properties, @Nullable LoopbackWarmup loopback) {
		this.bridge = bridge;
		this.properties = properties;
		this.loopback = loopback;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void run(ApplicationArguments args) {
		long start = System.nanoTime();
		try {
			Flux.fromIterable(steps()).flatMap(this::run).then(requests()).block(this.properties.timeout());
		}
		catch (RuntimeException ex) {
			logger.warn("The warm-up did not finish; the first requests may block event loops", ex);
			return;
		}
		logger.info("Warmed up in " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
	}

	private List<WarmupStep> steps() {
		ClassLoader classLoader = ClassUtils.getDefaultClassLoader();
		List<WarmupStep> steps = new ArrayList<>(WarmupStep.known(classLoader));
		for (String name : this.properties.classes()) {
			steps.add(new WarmupStep("class " + name, () -> Class.forName(name, true, classLoader)));
		}
		return steps;
	}

	private Mono<Void> run(WarmupStep step) {
		return this.bridge.run(step.action()).onErrorResume((error) -> {
			logger.warn("Could not warm up: " + step.name(), error);
			return Mono.empty();
		});
	}

	private Mono<Void> requests() {
		if (this.properties.routes().isEmpty()) {
			return Mono.empty();
		}
		if (this.loopback == null) {
			logger.warn("loopguard.warmup.routes is ignored: it needs a web server and reactor-netty's HttpClient");
			return Mono.empty();
		}
		return this.loopback.requests();
	}

}
