package io.github.loopguard.ledger;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;

/**
 * What occurrences have in common that are counted together.
 *
 * @param rule identifier of the rule
 * @param origin whose code made the call
 * @param action the action that was in force
 * @param detector the detector that saw it first
 * @since 0.1
 */
public record TotalKey(String rule, Origin origin, Action action, String detector) {
}
