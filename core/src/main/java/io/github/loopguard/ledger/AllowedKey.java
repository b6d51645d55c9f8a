package io.github.loopguard.ledger;

/**
 * What occurrences are counted by that an allowance let pass.
 *
 * @param rule identifier of the rule
 * @param kind source of the allowance
 * @since 0.1
 */
public record AllowedKey(String rule, String kind) {
}
