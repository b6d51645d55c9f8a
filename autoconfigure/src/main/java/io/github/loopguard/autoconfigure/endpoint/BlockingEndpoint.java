package io.github.loopguard.autoconfigure.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.autoconfigure.LoopguardProfile;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.AllowanceBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Application;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Detail;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Detector;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Hooks;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.RuleBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.RulePage;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.SwitchBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.SwitchProblem;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.SwitchesBody;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.catalog.RulePages;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.runtime.Loopguard;

/**
 * {@link Endpoint @Endpoint} that exposes the violations of this JVM.
 *
 * @since 0.1
 */
@Endpoint(id = "blocking", defaultAccess = Access.READ_ONLY)
public class BlockingEndpoint {

	static final EndpointId ID = EndpointId.of("blocking");

	/**
	 * Name of the parameter that has all members of a request's body.
	 */
	static final String SETTINGS = "settings";

	private static final int SCHEMA = 1;

	private static final String RULES = "rules";

	private final Loopguard loopguard;

	private final SwitchableSettings switchable;

	private final RulePages pages = new RulePages();

	private final Application application;

	private final LoopguardProfile profile;

	private final boolean enabled;

	private final Supplier<List<LaneStatus>> lanes;

	BlockingEndpoint(Loopguard loopguard, Application application, LoopguardProfile profile, boolean enabled,
			Supplier<List<LaneStatus>> lanes) {
		this.loopguard = loopguard;
		this.switchable = new SwitchableSettings(loopguard);
		this.application = application;
		this.profile = profile;
		this.enabled = enabled;
		this.lanes = lanes;
	}

	@ReadOperation
	BlockingReport report() {
		List<DetectorStatus> detectors = detectors();
		ShownLedger ledger = ShownLedger.of(this.loopguard.ledger());
		List<LaneStatus> lanes = this.lanes.get();
		return new BlockingReport(SCHEMA, this.application, status(detectors, lanes),
				this.profile.name().toLowerCase(Locale.ROOT),
				detectors.stream().map((it) -> new Detector(it.name(), it.state(), it.reason())).toList(),
				this.loopguard.catalog().rules().stream().map(this::rule).toList(), allowances(), ledger.totals(),
				ledger.violations(), this.loopguard.ledger().coldStarts(),
				this.loopguard.outside().loopMonitor().loops(), lanes, switches());
	}

	@ReadOperation
	@Nullable Detail violation(@Selector String id) {
		return this.loopguard.ledger()
			.violation(id)
			.map((violation) -> new Detail(violation,
					this.loopguard.ledger().stack(id).stream().map(StackTraceElement::toString).toList()))
			.orElse(null);
	}

	@ReadOperation
	@Nullable RulePage page(@Selector String section, @Selector String id) {
		return RULES.equals(section) ? this.loopguard.catalog()
			.find(id)
			.map((rule) -> new RulePage(rule(rule), rule.title(), rule.fix(), this.pages.find(rule.id())))
			.orElse(null) : null;
	}

	@WriteOperation
	WebEndpointResponse<?> change(Map<String, ? extends @Nullable Object> settings, SecurityContext security) {
		try {
			SwitchRequest request = SwitchRequest.of(settings, this.switchable);
			Principal principal = security.getPrincipal();
			this.loopguard.switches()
				.apply(request.changes(), request.ttl(), (principal != null) ? principal.getName() : null);
			return new WebEndpointResponse<>(new SwitchesBody(switches()));
		}
		catch (IllegalStateException ex) {
			return new WebEndpointResponse<>(
					new SwitchProblem("Nothing can be switched: " + detectors().get(0).explanation()),
					InvalidSwitchException.CONFLICT);
		}
		catch (InvalidSwitchException ex) {
			return new WebEndpointResponse<>(new SwitchProblem(String.valueOf(ex.getMessage())), ex.status());
		}
	}

	@DeleteOperation
	void clear() {
		this.loopguard.ledger().clear();
	}

	@DeleteOperation
	void clearOne(@Selector String id) {
		this.loopguard.ledger().clear(id);
	}

	private List<SwitchBody> switches() {
		return this.loopguard.switches().inForce().stream().map(SwitchBody::of).toList();
	}

	private List<AllowanceBody> allowances() {
		return this.enabled ? this.loopguard.allowances().stream().map(AllowanceBodies::of).toList() : List.of();
	}

	private List<DetectorStatus> detectors() {
		return this.enabled ? this.loopguard.detectors()
				: List.of(new DetectorStatus("blockhound", State.OFF, "loopguard.enabled is false"));
	}

	private static State status(List<DetectorStatus> detectors, List<LaneStatus> lanes) {
		State state = DetectorStatus.ofAll(detectors);
		return (state != State.ACTIVE || lanes.stream().allMatch((lane) -> lane.problem() == null)) ? state
				: State.DEGRADED;
	}

	private RuleBody rule(Rule rule) {
		Map<String, String> missing = this.loopguard.missingHooks(rule.id());
		Map<Origin, Action> actions = this.loopguard.policy().actions(rule.id());
		return new RuleBody(rule.id(), rule.documentedAs(), rule.since(), actions,
				new Hooks(this.loopguard.liveHooks(rule.id()),
						missing.entrySet().stream().map((it) -> it.getKey() + ": " + it.getValue()).toList()));
	}

}
