package io.github.loopguard.ledger;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;

/**
 * What occurrences are counted by.
 *
 * @param rule identifier of the rule
 * @param origin whose code made the call
 * @param action what was done about it
 * @param detector the detector that saw it first
 * @since 0.1
 */
public record TotalsKey(String rule, Origin origin, Action action, String detector) {
}
