package io.github.loopguard.autoconfigure.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

import io.github.loopguard.runtime.Switch;
import io.github.loopguard.runtime.Switches;

/**
 * Publishes an {@link AuditEvent} for everything that is switched, and that reverts. Boot
 * keeps them if there is an audit event repository.
 */
class SwitchAudit implements Consumer<Switch.Event>, DisposableBean {

	static final String SWITCHED = "LOOPGUARD_SWITCHED";

	static final String REVERTED = "LOOPGUARD_REVERTED";

	/**
	 * Principal of what reverts by itself, or was switched by somebody unknown.
	 */
	private static final String NOBODY = "loopguard";

	private final Switches switches;

	private final ApplicationEventPublisher publisher;

	SwitchAudit(Switches switches, ApplicationEventPublisher publisher) {
		this.switches = switches;
		this.publisher = publisher;
		switches.addListener(this);
	}

	@Override
	public void accept(Switch.Event event) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("setting", event.name());
		data.put("from", event.from());
		data.put("to", event.to());
		if (event.until() != null) {
			data.put("until", event.until().toString());
		}
		if (event.reverted() != null) {
			data.put("reason", event.reverted());
		}
		this.publisher.publishEvent(new AuditApplicationEvent(new AuditEvent((event.by() != null) ? event.by() : NOBODY,
				(event.reverted() != null) ? REVERTED : SWITCHED, data)));
	}

	@Override
	public void destroy() {
		this.switches.removeListener(this);
	}

}
