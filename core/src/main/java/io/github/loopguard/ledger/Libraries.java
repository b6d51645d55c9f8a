package io.github.loopguard.ledger;

import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Library;

/**
 * Finds the library of a class by the place it was loaded from.
 */
final class Libraries {

	private static final Pattern JAR = Pattern.compile("([^/!\\\\]+\\.jar)(?:!/?|/)?$");

	private static final Pattern VERSIONED = Pattern.compile("^(.+?)-(\\d[^/]*)\\.jar$");

	private Libraries() {
	}

	static @Nullable Library of(@Nullable Class<?> type) {
		if (type == null) {
			return null;
		}
		CodeSource source = type.getProtectionDomain().getCodeSource();
		if (source == null || source.getLocation() == null) {
			return null;
		}
		return ofLocation(source.getLocation().toString());
	}

	static @Nullable Library ofLocation(String location) {
		Matcher jar = JAR.matcher(location);
		if (!jar.find()) {
			return null;
		}
		String name = jar.group(1);
		Matcher versioned = VERSIONED.matcher(name);
		return versioned.matches() ? new Library(name, null, versioned.group(1), versioned.group(2), null)
				: new Library(name, null, null, null, null);
	}

}
