package io.github.loopguard.violation;

import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Origin;
import io.github.loopguard.policy.BaselineKey;

/**
 * Turns a fingerprint into the short identifier that reports show. Runs on event loops,
 * so it loads no security provider.
 */
final class Fingerprint {

	private static final Pattern ANONYMOUS = Pattern.compile("\\$\\d+");

	private static final long FNV_OFFSET = 0xcbf29ce484222325L;

	private static final long FNV_PRIME = 0x100000001b3L;

	private static final int DIGITS = 12;

	private Fingerprint() {
	}

	/**
	 * Removes from a class name what the compiler numbers.
	 */
	static String normalise(String className) {
		return (className.indexOf('$') < 0) ? className : ANONYMOUS.matcher(className).replaceAll("\\$");
	}

	/**
	 * Returns what a violation is known by in a baseline: the same that makes its
	 * fingerprint.
	 */
	static BaselineKey key(String rule, String api, @Nullable Frame site, @Nullable Frame offender, Origin origin) {
		Frame who = (site != null) ? site : offender;
		if (who == null) {
			return new BaselineKey(rule, api, origin.toString());
		}
		String className = normalise(who.className());
		return new BaselineKey(rule, api, (who.methodName() != null) ? className + "#" + who.methodName() : className);
	}

	/**
	 * Returns the fingerprint of the violation that a baseline knows by this key.
	 */
	static String of(BaselineKey key) {
		String prefix = key.rule() + '|' + key.api() + '|';
		if (key.at().indexOf('#') >= 0) {
			return prefix + key.at().replace('#', '|');
		}
		boolean nobody = Stream.of(Origin.values()).anyMatch((origin) -> origin.name().equals(key.at()));
		return prefix + (nobody ? key.at() : key.at() + "|null");
	}

	/**
	 * Returns the first 48 bits of a well mixed FNV-1a hash, in hexadecimal.
	 */
	static String id(String fingerprint) {
		long hash = FNV_OFFSET;
		for (int i = 0; i < fingerprint.length(); i++) {
			hash = (hash ^ fingerprint.charAt(i)) * FNV_PRIME;
		}
		hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
		hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return HexFormat.of().toHexDigits(hash ^ (hash >>> 33)).substring(0, DIGITS);
	}

}
