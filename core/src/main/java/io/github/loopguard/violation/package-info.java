/**
 * From occurrences to violations: the ledger, those who listen to it, and the one place
 * that puts a violation into words.
 */
@NullMarked
package io.github.loopguard.violation;

import org.jspecify.annotations.NullMarked;
