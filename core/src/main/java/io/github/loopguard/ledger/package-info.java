/**
 * Violations within limits: their counters, eviction, and the thread that announces them.
 */
@NullMarked
package io.github.loopguard.ledger;

import org.jspecify.annotations.NullMarked;
