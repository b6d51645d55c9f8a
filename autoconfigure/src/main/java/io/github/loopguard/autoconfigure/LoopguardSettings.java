package io.github.loopguard.autoconfigure;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.autoconfigure.LoopguardProperties.RuleActions;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.extension.Extensions;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.policy.Policy;
import io.github.loopguard.runtime.DetectorSettings;

/**
 * Converts properties to settings of the core, and rejects invalid values.
 */
final class LoopguardSettings {

	private LoopguardSettings() {
	}

	static Policy policy(LoopguardProperties properties, Catalog catalog, Extensions provided, Baseline baseline) {
		Map<String, Map<Origin, Action>> configured = new LinkedHashMap<>();
		properties.getRules().forEach((id, actions) -> {
			if (catalog.find(id).isEmpty()) {
				throw new InvalidConfigurationPropertyValueException("loopguard.rules." + id, id,
						"There is no such rule. The rules are: "
								+ catalog.rules().stream().map(Rule::id).sorted().collect(Collectors.joining(", ")));
			}
			configured.put(id, actions(actions));
		});
		return new Policy(catalog, configured,
				ConfiguredExtensions.allowances(properties.getAllowances(), provided.allowances()), baseline);
	}

	static LedgerSettings ledger(LoopguardProperties properties) {
		int limit = properties.getLedger().getMaxViolations();
		if (limit < 1 || limit > 100_000) {
			throw new InvalidConfigurationPropertyValueException("loopguard.ledger.max-violations", limit,
					"It must be between 1 and 100000.");
		}
		int lines = properties.getLog().getLinesPerMinute();
		if (lines < 0) {
			throw new InvalidConfigurationPropertyValueException("loopguard.log.lines-per-minute", lines,
					"It must not be negative; 0 logs nothing.");
		}
		if (properties.getLog().getPatience().isNegative()) {
			throw new InvalidConfigurationPropertyValueException("loopguard.log.patience",
					properties.getLog().getPatience(), "It must not be negative.");
		}
		return new LedgerSettings(limit, lines, properties.getLog().getPatience());
	}

	static DetectorSettings detectors(LoopguardProperties properties, LoopguardProfile profile, String application) {
		return DetectorSettings.OFF.with(loopMonitor(properties, profile))
			.with(ConfiguredBlackBox.of(properties.getBlackBox(), profile, application))
			.with(properties.getFlightRecorder().toSettings(profile));
	}

	private static LoopMonitorSettings loopMonitor(LoopguardProperties properties, LoopguardProfile profile) {
		LoopMonitorProperties monitor = properties.getLoopMonitor();
		checkThreshold("loopguard.loop-monitor.threshold", monitor.getThreshold());
		monitor.getThresholds()
			.forEach((group, threshold) -> checkThreshold("loopguard.loop-monitor.thresholds." + group, threshold));
		if (monitor.getGrace().isNegative()) {
			throw new InvalidConfigurationPropertyValueException("loopguard.loop-monitor.grace", monitor.getGrace(),
					"It must not be negative.");
		}
		if (monitor.getReportsPerMinute() < 0) {
			throw new InvalidConfigurationPropertyValueException("loopguard.loop-monitor.reports-per-minute",
					monitor.getReportsPerMinute(), "It must not be negative; 0 reports nothing.");
		}
		boolean enabled = (monitor.getEnabled() != null) ? monitor.getEnabled() : profile != LoopguardProfile.TEST;
		return new LoopMonitorSettings(enabled, monitor.getThreshold(), monitor.getThresholds(), monitor.getGrace(),
				monitor.getReportsPerMinute());
	}

	private static void checkThreshold(String name, Duration threshold) {
		if (threshold.compareTo(LoopMonitorSettings.SHORTEST) < 0) {
			throw new InvalidConfigurationPropertyValueException(name, threshold,
					"It must be at least " + LoopMonitorSettings.SHORTEST.toMillis() + " ms.");
		}
		if (threshold.compareTo(LoopMonitorSettings.LONGEST) > 0) {
			throw new InvalidConfigurationPropertyValueException(name, threshold,
					"It must be at most " + LoopMonitorSettings.LONGEST.toHours()
							+ " h. To watch nothing, set loopguard.loop-monitor.enabled=false.");
		}
	}

	private static Map<Origin, Action> actions(RuleActions actions) {
		Map<Origin, Action> byOrigin = new EnumMap<>(Origin.class);
		put(byOrigin, Origin.APPLICATION, actions.application(), actions.action());
		put(byOrigin, Origin.LIBRARY, actions.library(), actions.action());
		put(byOrigin, Origin.FRAMEWORK, actions.framework(), actions.action());
		put(byOrigin, Origin.UNKNOWN, actions.unknown(), actions.action());
		return byOrigin;
	}

	private static void put(Map<Origin, Action> actions, Origin origin, @Nullable Action own, @Nullable Action all) {
		if (own != null) {
			actions.put(origin, own);
		}
		else if (all != null) {
			actions.put(origin, all);
		}
	}

}
