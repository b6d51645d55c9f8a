package io.github.loopguard.autoconfigure.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.runtime.Switch;

/**
 * What a request switches: the members of its body have the names of properties, without
 * {@code loopguard}.
 *
 * @param changes the settings
 * @param ttl how long they are switched, or {@code null} for no end
 */
record SwitchRequest(List<Switch.Change> changes, @Nullable Duration ttl) {

	private static final String TTL = "ttl";

	private static final Duration LONGEST = Duration.ofDays(30);

	/**
	 * Reads a request.
	 * @param body members of its body
	 * @param settings what can be switched
	 * @throws InvalidSwitchException if it cannot be done, all or part of it
	 */
	static SwitchRequest of(Map<String, ? extends @Nullable Object> body, SwitchableSettings settings) {
		List<Switch.Change> changes = new ArrayList<>();
		Duration ttl = null;
		for (Map.Entry<String, ? extends @Nullable Object> member : body.entrySet()) {
			String value = text(member.getKey(), member.getValue());
			if (!member.getKey().equals(TTL)) {
				changes.add(settings.change(member.getKey(), value));
			}
			else if (value != null) {
				ttl = ttl(value);
			}
		}
		if (changes.isEmpty()) {
			throw InvalidSwitchException
				.badRequest("Nothing to switch. Send the setting and its value as JSON, such as "
						+ "{\"loop-monitor.threshold\": \"50ms\", \"ttl\": \"5m\"}.");
		}
		return new SwitchRequest(List.copyOf(changes), ttl);
	}

	private static Duration ttl(String value) {
		Duration ttl = SwitchableSettings.duration(TTL, value);
		if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(LONGEST) > 0) {
			throw InvalidSwitchException.badRequest(
					"The value '" + value + "' of ttl must be positive and at most " + LONGEST.toDays() + " days.");
		}
		return ttl;
	}

	private static @Nullable String text(String name, @Nullable Object value) {
		if (value instanceof Iterable<?> || value instanceof Map<?, ?>) {
			throw InvalidSwitchException.badRequest("The setting " + name + " has one value, not several.");
		}
		return (value != null) ? value.toString() : null;
	}

}
