package io.github.loopguard.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A method that may block.
 *
 * @param enabled Whether the allowance is in force. Set it to false to disable a shipped
 * allowance.
 * @param method Class and method, such as com.acme.Cache#refresh.
 * @param reason Why the method may block.
 * @param owner Team or person responsible for the allowance.
 * @param until Last day of the allowance, such as 2027-03-31.
 * @since 0.1
 */
public record AllowanceProperties(@DefaultValue("true") boolean enabled, @Nullable String method,
		@Nullable String reason, @Nullable String owner, @Nullable String until) {
}
