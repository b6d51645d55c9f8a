package io.github.loopguard.autoconfigure.endpoint;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.flight.FlightRecorderSettings;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.policy.Policy;
import io.github.loopguard.runtime.Loopguard;
import io.github.loopguard.runtime.RuntimeSettings;
import io.github.loopguard.runtime.Switch;

/**
 * The settings that can be switched through the endpoint, by the names of their
 * properties.
 */
final class SwitchableSettings {

	private static final String THRESHOLDS = "loop-monitor.thresholds.";

	private static final String RULES = "rules.";

	private static final String ALL_ORIGINS = "action";

	private static final String MUTED = "blockhound.muted";

	private static final String NAMES = "loop-monitor.enabled, loop-monitor.threshold, " + THRESHOLDS + "<group>, "
			+ "flight-recorder.enabled, flight-recorder.threshold, " + RULES + "<rule>.<" + ALL_ORIGINS
			+ " or origin>, " + MUTED + ", and ttl for how long";

	private final Loopguard loopguard;

	SwitchableSettings(Loopguard loopguard) {
		this.loopguard = loopguard;
	}

	/**
	 * Returns the change of a setting.
	 * @param name name of the setting
	 * @param value what it is switched to, or {@code null} to revert it
	 * @throws InvalidSwitchException if there is no such setting or value, or if it
	 * cannot be switched here
	 */
	Switch.Change change(String name, @Nullable String value) {
		if (name.startsWith(THRESHOLDS)) {
			return groupThreshold(name, name.substring(THRESHOLDS.length()), value);
		}
		if (name.startsWith(RULES)) {
			return action(name, name.substring(RULES.length()), value);
		}
		return switch (name) {
			case "loop-monitor.enabled" -> change(name, (it) -> it.detectors().loopMonitor().enabled(),
					flag(name, value), (it, enabled) -> with(it, it.detectors().loopMonitor().withEnabled(enabled)));
			case "loop-monitor.threshold" ->
				change(name, (it) -> it.detectors().loopMonitor().threshold(), threshold(name, value),
						(it, threshold) -> with(it, it.detectors().loopMonitor().withThreshold(threshold)));
			case "flight-recorder.enabled" -> change(name, (it) -> it.detectors().flightRecorder().enabled(),
					flag(name, value), (it, enabled) -> with(it, it.detectors().flightRecorder().withEnabled(enabled)));
			case "flight-recorder.threshold" ->
				change(name, (it) -> it.detectors().flightRecorder().threshold(), notNegative(name, value),
						(it, threshold) -> with(it, it.detectors().flightRecorder().withThreshold(threshold)));
			case MUTED -> muted(value);
			default -> throw InvalidSwitchException
				.badRequest("There is no setting '" + name + "' to switch. There are " + NAMES + ".");
		};
	}

	private Switch.Change groupThreshold(String name, String group, @Nullable String value) {
		Set<String> groups = new TreeSet<>(this.loopguard.outside().loopMonitor().groups());
		groups.addAll(this.loopguard.switches().settings().detectors().loopMonitor().groupThresholds().keySet());
		if (!groups.contains(group)) {
			throw InvalidSwitchException.badRequest("There is no group '" + group + "' of event loops. "
					+ (groups.isEmpty() ? "None is known as long as the loop monitor has not run."
							: "There are " + String.join(", ", groups) + "."));
		}
		return change(name,
				(it) -> it.detectors()
					.loopMonitor()
					.groupThresholds()
					.getOrDefault(group, it.detectors().loopMonitor().threshold()),
				threshold(name, value),
				(it, threshold) -> with(it, it.detectors().loopMonitor().withThreshold(group, threshold)));
	}

	private Switch.Change action(String name, String ruleAndOrigin, @Nullable String value) {
		int dot = ruleAndOrigin.lastIndexOf('.');
		String rule = ruleAndOrigin.substring(0, Math.max(0, dot));
		if (this.loopguard.catalog().find(rule).isEmpty()) {
			throw InvalidSwitchException.badRequest("There is no rule '" + rule + "' in '" + name
					+ "', which is made of " + RULES + ", a rule, and what to switch. There are "
					+ this.loopguard.catalog().rules().stream().map(Rule::id).sorted().collect(Collectors.joining(", "))
					+ ".");
		}
		List<Origin> origins = origins(name, ruleAndOrigin.substring(dot + 1));
		Action action = value(value, Action.class, name);
		return change(name, (it) -> actions(it.policy(), rule, origins), action, (it, switched) -> {
			Policy policy = it.policy();
			for (Origin origin : origins) {
				policy = policy.with(rule, origin, switched);
			}
			return it.with(policy);
		});
	}

	private Switch.Change muted(@Nullable String value) {
		DetectorStatus blockHound = this.loopguard.detectors().get(0);
		if (!blockHound.isWorking() && !this.loopguard.switches().settings().muted()) {
			throw InvalidSwitchException.conflict("BlockHound cannot be switched, because it was not installed at start"
					+ ((blockHound.reason() != null) ? " (" + blockHound.reason() + ")" : "")
					+ ". Installing it now would leave the threads blind that exist already. "
					+ "Set loopguard.blockhound.enabled=true and restart.");
		}
		return change(MUTED, RuntimeSettings::muted, flag(MUTED, value), RuntimeSettings::muted);
	}

	private static List<Origin> origins(String name, String origin) {
		if (origin.equals(ALL_ORIGINS)) {
			return List.of(Origin.values());
		}
		return Arrays.stream(Origin.values())
			.filter((it) -> it.name().equalsIgnoreCase(origin))
			.findFirst()
			.map(List::of)
			.orElseThrow(() -> InvalidSwitchException.badRequest("There is no origin '" + origin + "' in '" + name
					+ "'. There are " + ALL_ORIGINS + " for all, " + names(Origin.class) + "."));
	}

	private static String actions(Policy policy, String rule, List<Origin> origins) {
		List<Action> all = origins.stream().map((origin) -> policy.action(rule, origin, null)).toList();
		return (all.stream().distinct().count() == 1) ? lower(all.get(0))
				: origins.stream()
					.map((origin) -> lower(origin) + " " + lower(policy.action(rule, origin, null)))
					.collect(Collectors.joining(", "));
	}

	private static RuntimeSettings with(RuntimeSettings settings, LoopMonitorSettings loopMonitor) {
		return settings.with(settings.detectors().with(loopMonitor));
	}

	private static RuntimeSettings with(RuntimeSettings settings, FlightRecorderSettings flightRecorder) {
		return settings.with(settings.detectors().with(flightRecorder));
	}

	private static <T> Switch.Change change(String name, Function<RuntimeSettings, Object> current, @Nullable T value,
			BiFunction<RuntimeSettings, T, RuntimeSettings> effect) {
		return new Switch.Change(name, (settings) -> text(current.apply(settings)),
				(value != null) ? (settings) -> effect.apply(settings, value) : null);
	}

	private static String text(Object value) {
		return (value instanceof Duration duration) ? DurationStyle.SIMPLE.print(duration) : value.toString();
	}

	private static @Nullable Duration threshold(String name, @Nullable String value) {
		Duration threshold = (value != null) ? duration(name, value) : null;
		if (threshold != null && threshold.compareTo(LoopMonitorSettings.SHORTEST) < 0) {
			throw InvalidSwitchException.badRequest("The value '" + value + "' of " + name
					+ " is too short. It must be at least " + LoopMonitorSettings.SHORTEST.toMillis() + " ms.");
		}
		return notLonger(name, threshold, LoopMonitorSettings.LONGEST);
	}

	private static @Nullable Duration notNegative(String name, @Nullable String value) {
		Duration threshold = (value != null) ? duration(name, value) : null;
		if (threshold != null && threshold.isNegative()) {
			throw InvalidSwitchException
				.badRequest("The value '" + value + "' of " + name + " is negative. It must be 0 ms or more.");
		}
		return notLonger(name, threshold, FlightRecorderSettings.LONGEST);
	}

	private static @Nullable Duration notLonger(String name, @Nullable Duration threshold, Duration longest) {
		if (threshold != null && threshold.compareTo(longest) > 0) {
			throw InvalidSwitchException.badRequest("The value " + threshold + " of " + name
					+ " is too long. It must be at most " + longest.toHours() + " h.");
		}
		return threshold;
	}

	static Duration duration(String name, String value) {
		try {
			return DurationStyle.detectAndParse(value);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw InvalidSwitchException
				.badRequest("The value '" + value + "' of " + name + " is no duration, such as 50ms or 5s.");
		}
	}

	private static @Nullable Boolean flag(String name, @Nullable String value) {
		if (value == null) {
			return null;
		}
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw InvalidSwitchException
				.badRequest("The value '" + value + "' of " + name + " is neither true nor false.");
		};
	}

	private static <E extends Enum<E>> @Nullable E value(@Nullable String value, Class<E> type, String name) {
		if (value == null) {
			return null;
		}
		return Arrays.stream(type.getEnumConstants())
			.filter((it) -> it.name().equalsIgnoreCase(value))
			.findFirst()
			.orElseThrow(() -> InvalidSwitchException
				.badRequest("The value '" + value + "' of " + name + " is unknown. There are " + names(type) + "."));
	}

	private static <E extends Enum<E>> String names(Class<E> type) {
		return Arrays.stream(type.getEnumConstants()).map(SwitchableSettings::lower).collect(Collectors.joining(", "));
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
