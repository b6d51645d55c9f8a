package io.github.loopguard.test;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;

import io.github.loopguard.Violation;

/**
 * An allowance of a test or of a class of tests.
 *
 * @param blocked the violations that are allowed
 * @param reason why the code has to block
 * @param owner who is responsible for the allowance
 * @param until last day of the allowance
 */
record TestAllowance(Blocked blocked, String reason, String owner, LocalDate until) {

	static TestAllowance of(AllowBlocking annotation, String where) {
		String place = "@AllowBlocking of " + where;
		require(place, "reason", annotation.reason(), "say why it has to block");
		require(place, "owner", annotation.owner(), "name who is responsible for it");
		Blocked blocked = Blocked.of(place, annotation.rule(), annotation.at());
		try {
			return new TestAllowance(blocked, annotation.reason(), annotation.owner(),
					LocalDate.parse(annotation.until()));
		}
		catch (DateTimeParseException ex) {
			throw new ExtensionConfigurationException(place + " has until = \"" + annotation.until()
					+ "\", which is not a date. Write year-month-day, such as \"" + LocalDate.now().plusMonths(3)
					+ "\".", ex);
		}
	}

	boolean matches(Violation violation) {
		return this.blocked.matches(violation);
	}

	boolean isExpired(LocalDate today) {
		return today.isAfter(this.until);
	}

	String expiry(LocalDate today) {
		long days = ChronoUnit.DAYS.between(this.until, today);
		return "its allowance expired " + days + ((days == 1) ? " day" : " days") + " ago, owner " + this.owner;
	}

	private static void require(String place, String attribute, String value, String remedy) {
		if (value.isBlank()) {
			throw new ExtensionConfigurationException(place + " has an empty " + attribute + "; " + remedy + ".");
		}
	}

}
