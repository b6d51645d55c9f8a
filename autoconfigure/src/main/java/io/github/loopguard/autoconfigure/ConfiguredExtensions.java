package io.github.loopguard.autoconfigure;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.StringUtils;

import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.autoconfigure.LoopguardProperties.HookProperties;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.extension.Extensions;

/**
 * Extensions that an application configures by properties. They are read before the
 * installation, because hooks and threads cannot change later, and again for each
 * application context.
 */
final class ConfiguredExtensions {

	private static final String ALLOWANCES = "loopguard.allowances";

	private static final String HOOKS = "loopguard.hooks";

	private static final String METHOD = "Write the class, '#' and the method, such as com.acme.Cache#refresh; "
			+ "for a nested class com.acme.Cache$Entry#refresh.";

	private ConfiguredExtensions() {
	}

	/**
	 * Reads all extensions.
	 * @throws InvalidExtensionException if a property is invalid
	 */
	static Extensions of(Binder binder) {
		Extensions.Builder extensions = Extensions.builder();
		bound(binder, ALLOWANCES, AllowanceProperties.class).forEach((id, allowance) -> add(extensions, id, allowance));
		bound(binder, HOOKS, HookProperties.class).forEach((name, hook) -> add(extensions, name, hook));
		for (String name : threads(binder, "loopguard.event-loop-threads")) {
			extensions.eventLoopThreads(name);
		}
		for (String name : threads(binder, "loopguard.blocking-threads")) {
			extensions.blockingThreads(name);
		}
		return extensions.build();
	}

	/**
	 * Returns the allowances of an application context.
	 * @throws InvalidExtensionException if a property is invalid
	 */
	static Allowances allowances(Map<String, AllowanceProperties> configured, Collection<Allowance> provided) {
		Extensions.Builder extensions = Extensions.builder();
		configured.forEach((id, allowance) -> add(extensions, id, allowance));
		Allowances known = Allowances.shipped().with(provided);
		Set<String> ids = new HashSet<>();
		for (Allowance allowance : known.all()) {
			ids.add(allowance.id());
		}
		Set<String> off = new HashSet<>();
		for (Map.Entry<String, AllowanceProperties> entry : configured.entrySet()) {
			AllowanceProperties allowance = entry.getValue();
			if (!allowance.enabled() && allowance.method() == null && !ids.contains(entry.getKey())) {
				throw new InvalidExtensionException(ALLOWANCES + "." + entry.getKey() + ".enabled", "false",
						"names no allowance",
						"Take the id from 'allowances' in /actuator/blocking, or remove the property.");
			}
			if (!allowance.enabled()) {
				off.add(entry.getKey());
			}
		}
		return known.with(extensions.build().allowances()).without(off);
	}

	private static <T> Map<String, T> bound(Binder binder, String prefix, Class<T> type) {
		return binder.bind(prefix, Bindable.mapOf(String.class, type)).orElse(Map.of());
	}

	private static void add(Extensions.Builder extensions, String id, AllowanceProperties allowance) {
		String property = ALLOWANCES + "." + id;
		if (!allowance.enabled() && allowance.method() == null) {
			return;
		}
		String method = required(property + ".method", allowance.method(), METHOD);
		String reason = required(property + ".reason", allowance.reason(),
				"Say in a sentence why " + method + " may block; it shows in /actuator/blocking.");
		LocalDate until = date(property + ".until", allowance.until());
		check(property + ".method", method, () -> extensions.allow(id, method, reason, allowance.owner(), until));
	}

	private static void add(Extensions.Builder extensions, String name, HookProperties hook) {
		String property = HOOKS + "." + name;
		String method = required(property + ".method", hook.method(), METHOD);
		if (Catalog.shipped().find(hook.rule()).isEmpty()) {
			throw new InvalidExtensionException(property + ".rule", hook.rule(), "names no rule", "The rules are: "
					+ Catalog.shipped().rules().stream().map(Rule::id).sorted().collect(Collectors.joining(", "))
					+ ".");
		}
		check(property + ".method", method, () -> extensions.hook(method, hook.rule()));
	}

	private static List<String> threads(Binder binder, String property) {
		List<String> names = binder.bind(property, Bindable.listOf(String.class)).orElse(List.of());
		for (String name : names) {
			if (name.replace("*", "").isBlank()) {
				throw new InvalidExtensionException(property, name, "stands for every thread",
						"Name the threads, such as acme-io-*.");
			}
		}
		return names;
	}

	private static String required(String property, @Nullable String value, String remedy) {
		if (value == null || !StringUtils.hasText(value)) {
			throw new InvalidExtensionException(property, value, "is missing", remedy);
		}
		return value;
	}

	private static @Nullable LocalDate date(String property, @Nullable String value) {
		if (value == null || value.isBlank()) {
			return null;
		}
		try {
			return LocalDate.parse(value);
		}
		catch (DateTimeParseException ex) {
			throw new InvalidExtensionException(property, value, "is no date",
					"Write year, month and day, such as 2027-03-31.");
		}
	}

	private static void check(String property, String method, Supplier<?> addition) {
		try {
			addition.get();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidExtensionException(property, method, "is no method", METHOD);
		}
	}

}
