package io.github.loopguard;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a violation, shared by its occurrences, its entry in a baseline and its
 * identifier in reports. Contains no line number.
 *
 * @param rule identifier of the rule
 * @param api documented API that was called
 * @param at class and method of the site, or of the offender where there is no site, such
 * as {@code com.acme.InvoiceController#render}; the class alone where the method is
 * unknown, the origin where both are unknown
 * @since 0.1
 */
public record ViolationKey(String rule, String api, String at) implements Comparable<ViolationKey> {

	private static final Comparator<ViolationKey> ORDER = Comparator.comparing(ViolationKey::at)
		.thenComparing(ViolationKey::rule)
		.thenComparing(ViolationKey::api);

	private static final Pattern ANONYMOUS = Pattern.compile("\\$\\d+");

	private static final long FNV_OFFSET = 0xcbf29ce484222325L;

	private static final long FNV_PRIME = 0x100000001b3L;

	private static final int DIGITS = 12;

	/**
	 * Creates the key of a violation.
	 * @param rule identifier of the rule
	 * @param api documented API that was called
	 * @param site the application's frame, or {@code null} if there is none
	 * @param offender the frame that made the call, or {@code null} if unknown
	 * @param origin whose code made the call
	 * @return the key
	 */
	public static ViolationKey of(String rule, String api, @Nullable Frame site, @Nullable Frame offender,
			Origin origin) {
		Frame frame = (site != null) ? site : offender;
		if (frame == null) {
			return new ViolationKey(rule, api, origin.toString());
		}
		String className = withoutNumbers(frame.className());
		return new ViolationKey(rule, api,
				(frame.methodName() != null) ? className + "#" + frame.methodName() : className);
	}

	/**
	 * Returns the short identifier that reports show. Uses no security provider, because
	 * it is called on event loops.
	 * @return the first 48 bits of a mixed FNV-1a hash as 12 hexadecimal digits
	 */
	public String id() {
		String text = this.rule + '|' + this.api + '|' + place();
		long hash = FNV_OFFSET;
		for (int i = 0; i < text.length(); i++) {
			hash = (hash ^ text.charAt(i)) * FNV_PRIME;
		}
		hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
		hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return HexFormat.of().toHexDigits(hash ^ (hash >>> 33)).substring(0, DIGITS);
	}

	@Override
	public int compareTo(ViolationKey other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return "[" + this.rule + "] " + this.api + " at " + this.at;
	}

	/**
	 * Returns class and method in the form that is hashed. Baselines and reports depend
	 * on it.
	 */
	private String place() {
		if (this.at.indexOf('#') >= 0) {
			return this.at.replace('#', '|');
		}
		for (Origin origin : Origin.values()) {
			if (origin.name().equals(this.at)) {
				return this.at;
			}
		}
		return this.at + "|null";
	}

	/**
	 * Removes the numbers of anonymous and local classes.
	 */
	private static String withoutNumbers(String className) {
		return (className.indexOf('$') < 0) ? className : ANONYMOUS.matcher(className).replaceAll("\\$");
	}

}
