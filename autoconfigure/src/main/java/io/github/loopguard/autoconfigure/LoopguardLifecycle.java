package io.github.loopguard.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.ApplicationContext;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.ledger.Links;
import io.github.loopguard.policy.Policy;
import io.github.loopguard.runtime.Attachment;
import io.github.loopguard.runtime.ContextSettings;
import io.github.loopguard.runtime.DetectorSettings;
import io.github.loopguard.runtime.Loopguard;

/**
 * Attaches an application context to Loopguard after its singletons are created, and
 * detaches it when it closes.
 */
class LoopguardLifecycle implements SmartInitializingSingleton, DisposableBean {

	private static final Log logger = LogFactory.getLog(LoopguardLifecycle.class);

	private final ApplicationContext context;

	private final LoopguardProperties properties;

	private final Policy policy;

	private final LedgerSettings ledger;

	private final DetectorSettings detectors;

	private final ObjectProvider<BlockingViolationListener> listeners;

	private final ObjectProvider<Links> links;

	private @Nullable Attachment attachment;

	LoopguardLifecycle(ApplicationContext context, LoopguardProperties properties,
			ObjectProvider<BlockingViolationListener> listeners, ObjectProvider<Links> links) {
		this.context = context;
		this.properties = properties;
		this.policy = LoopguardSettings.policy(properties, Loopguard.instance().catalog(),
				Loopguard.instance().extensions(),
				ApplicationBaseline.read(properties, LoopguardProfile.of(context.getEnvironment()), context));
		this.ledger = LoopguardSettings.ledger(properties);
		this.detectors = LoopguardSettings.detectors(properties, LoopguardProfile.of(context.getEnvironment()),
				context.getEnvironment().getProperty("spring.application.name", "application"));
		this.listeners = listeners;
		this.links = links;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (isBelowAnAttachedContext()) {
			return;
		}
		Attachment attachment = Loopguard.instance()
			.attach(new ContextSettings(name(), applicationPackages(), this.policy, this.ledger,
					this.links.getIfAvailable(() -> Links.WITHOUT_ACTUATOR), this.detectors));
		this.listeners.orderedStream().forEach(attachment::addListener);
		attachment.addListener(new ViolationPublisher(this.context));
		this.attachment = attachment;
		StartupSummary summary = new StartupSummary(Loopguard.instance(),
				LoopguardProfile.of(this.context.getEnvironment()));
		if (summary.isQuick()) {
			logger.info(summary.text());
		}
		else {
			Loopguard.instance().ledgerThread().once(() -> logger.info(summary.text()));
		}
	}

	@Override
	public void destroy() {
		if (this.attachment != null) {
			Loopguard.instance().ledgerThread().flush();
			this.attachment.close();
		}
	}

	private String name() {
		return this.context.getId() + "@" + Integer.toHexString(System.identityHashCode(this.context));
	}

	private boolean isBelowAnAttachedContext() {
		ApplicationContext parent = this.context.getParent();
		return parent != null && parent.getBeanProvider(LoopguardLifecycle.class).stream().findAny().isPresent();
	}

	private ApplicationPackages applicationPackages() {
		List<String> packages = new ArrayList<>(this.properties.getApplicationPackages());
		if (AutoConfigurationPackages.has(this.context)) {
			packages.addAll(AutoConfigurationPackages.get(this.context));
		}
		return ApplicationPackages.of(packages);
	}

}
