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
import io.github.loopguard.autoconfigure.LoopguardProperties.LoopMonitorProperties;
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
		properties.rules().forEach((id, actions) -> {
			if (catalog.find(id).isEmpty()) {
				throw new InvalidConfigurationPropertyValueException("loopguard.rules." + id, id,
						"There is no such rule. The rules are: "
								+ catalog.rules().stream().map(Rule::id).sorted().collect(Collectors.joining(", ")));
			}
			configured.put(id, actions(actions));
		});
		return new Policy(catalog, configured,
				ConfiguredExtensions.allowances(properties.allowances(), provided.allowances()), baseline);
	}

	static LedgerSettings ledger(LoopguardProperties properties) {
		int limit = properties.ledger().maxViolations();
		if (limit < 1 || limit > 100_000) {
			throw new InvalidConfigurationPropertyValueException("loopguard.ledger.max-violations", limit,
					"It must be between 1 and 100000.");
		}
		int lines = properties.log().linesPerMinute();
		if (lines < 0) {
			throw new InvalidConfigurationPropertyValueException("loopguard.log.lines-per-minute", lines,
					"It must not be negative; 0 logs nothing.");
		}
		if (properties.log().patience().isNegative()) {
			throw new InvalidConfigurationPropertyValueException("loopguard.log.patience", properties.log().patience(),
					"It must not be negative.");
		}
		return new LedgerSettings(limit, lines, properties.log().patience());
	}

	static DetectorSettings detectors(LoopguardProperties properties, LoopguardProfile profile, String application) {
		return DetectorSettings.OFF.with(loopMonitor(properties, profile))
			.with(ConfiguredBlackBox.of(properties.blackBox(), profile, application))
			.with(FlightRecorderConfiguration.of(properties.flightRecorder(), profile));
	}

	private static LoopMonitorSettings loopMonitor(LoopguardProperties properties, LoopguardProfile profile) {
		LoopMonitorProperties monitor = properties.loopMonitor();
		checkThreshold("loopguard.loop-monitor.threshold", monitor.threshold());
		monitor.thresholds()
			.forEach((group, threshold) -> checkThreshold("loopguard.loop-monitor.thresholds." + group, threshold));
		if (monitor.grace().isNegative()) {
			throw new InvalidConfigurationPropertyValueException("loopguard.loop-monitor.grace", monitor.grace(),
					"It must not be negative.");
		}
		if (monitor.reportsPerMinute() < 0) {
			throw new InvalidConfigurationPropertyValueException("loopguard.loop-monitor.reports-per-minute",
					monitor.reportsPerMinute(), "It must not be negative; 0 reports nothing.");
		}
		boolean enabled = (monitor.enabled() != null) ? monitor.enabled() : profile != LoopguardProfile.TEST;
		return new LoopMonitorSettings(enabled, monitor.threshold(), monitor.thresholds(), monitor.grace(),
				monitor.reportsPerMinute());
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
