package io.github.loopguard.autoconfigure;

import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.NativeDetector;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

import io.github.loopguard.Loopguard;
import io.github.loopguard.detect.ApplicationPackages;

/**
 * Installs the detectors before any event loop exists: a thread that meets a hook while
 * BlockHound is being installed stays blind for ever.
 */
class LoopguardEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private final Log log;

	LoopguardEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.log = logFactory.getLog(LoopguardEnvironmentPostProcessor.class);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!environment.getProperty("loopguard.enabled", Boolean.class, true)
				|| application.getWebApplicationType() == WebApplicationType.SERVLET
				|| NativeDetector.inNativeImage()) {
			return;
		}
		Loopguard.instance().install(applicationPackages(application));
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
