package io.github.loopguard.runtime;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * A setting that is other than configured, because it was switched while the JVM runs.
 * Ends at the latest with the JVM.
 *
 * @param name name of the setting
 * @param value what it is switched to, as a person reads it
 * @param by who has switched it, or {@code null} if unknown
 * @param since when it was switched
 * @param until when it reverts, or {@code null} if it has no end
 * @since 0.2
 */
public record Switch(String name, String value, @Nullable String by, Instant since, @Nullable Instant until) {

	/**
	 * A setting that can be switched.
	 *
	 * @param name name of the setting
	 * @param value reads what it is
	 * @param effect changes it, or {@code null} to revert it to what is configured
	 */
	public record Change(String name, Function<RuntimeSettings, String> value,
			@Nullable UnaryOperator<RuntimeSettings> effect) {
	}

	/**
	 * What happened to a setting.
	 *
	 * @param name name of the setting
	 * @param from what it was before
	 * @param to what it is now
	 * @param until when that reverts, or {@code null} if it has no end
	 * @param by who has switched it, or {@code null} if unknown
	 * @param reverted why it is as configured again, or {@code null} if it is switched
	 */
	public record Event(String name, String from, String to, @Nullable Instant until, @Nullable String by,
			@Nullable String reverted) {
	}

}
