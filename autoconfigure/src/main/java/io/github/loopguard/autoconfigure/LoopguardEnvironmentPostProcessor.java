package io.github.loopguard.autoconfigure;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.NativeDetector;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.autoconfigure.loading.EarlyLoading;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.runtime.Loopguard;

/**
 * Installs the detectors before any event loop exists. A thread that enters a hook while
 * BlockHound is being installed never detects it.
 */
class LoopguardEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final AtomicBoolean WARNED = new AtomicBoolean();

	private final Log log;

	LoopguardEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.log = logFactory.getLog(LoopguardEnvironmentPostProcessor.class);
		if (!NativeDetector.inNativeImage()) {
			EarlyLoading.start();
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!environment.getProperty("loopguard.enabled", Boolean.class, true)) {
			EarlyLoading.stop();
			return;
		}
		if (isBootstrap(environment)) {
			return;
		}
		if (application.getWebApplicationType() == WebApplicationType.SERVLET) {
			EarlyLoading.stop();
			Loopguard.instance().turnOff(State.OFF, "no event loops: this is a servlet application");
			return;
		}
		if (NativeDetector.inNativeImage()) {
			report(Loopguard.instance()
				.turnOff(State.UNAVAILABLE,
						"a native image cannot be instrumented; run on a JVM to find blocking calls"),
					environment);
			return;
		}
		if (!environment.getProperty("loopguard.blockhound-callback", Boolean.class, true)) {
			Loopguard.instance().ignoreBlockHoundCallback();
		}
		boolean blockHound = wantsBlockHound(environment);
		if (blockHound) {
			EarlyLoading.stopAndWait();
		}
		report(Loopguard.instance()
			.install(applicationPackages(application), ConfiguredExtensions.of(Binder.get(environment)), blockHound),
				environment);
		EarlyLoading.start();
	}

	private static boolean wantsBlockHound(ConfigurableEnvironment environment) {
		return Binder.get(environment)
			.bind("loopguard.blockhound.enabled", Boolean.class)
			.orElseGet(() -> LoopguardProfile.of(environment) != LoopguardProfile.PRODUCTION);
	}

	/**
	 * Returns whether this is the bootstrap context of Spring Cloud, whose type is not
	 * that of the application.
	 */
	private static boolean isBootstrap(ConfigurableEnvironment environment) {
		return environment.getPropertySources().contains("bootstrap");
	}

	private void report(List<DetectorStatus> detectors, ConfigurableEnvironment environment) {
		for (DetectorStatus detector : detectors) {
			if (detector.state() == State.ACTIVE || detector.state() == State.OFF || detector.reason() == null) {
				continue;
			}
			if ("fail".equalsIgnoreCase(environment.getProperty("loopguard.on-unavailable"))) {
				throw new LoopguardUnavailableException(detector.explanation());
			}
			if (WARNED.compareAndSet(false, true)) {
				this.log.warn("Loopguard: " + detector.explanation());
			}
		}
	}

	private static ApplicationPackages applicationPackages(SpringApplication application) {
		Class<?> main = application.getMainApplicationClass();
		ApplicationPackages packages = (main != null) ? ApplicationPackages.ofClass(main.getName())
				: ApplicationPackages.NONE;
		for (Object source : application.getAllSources()) {
			if (source instanceof Class<?> type) {
				packages = packages.and(ApplicationPackages.ofClass(ClassUtils.getUserClass(type).getName()));
			}
		}
		return packages;
	}

}
