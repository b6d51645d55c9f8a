/**
 * Loopguard in this JVM: one ledger, its detectors, and the contexts attached to them.
 */
@NullMarked
package io.github.loopguard;

import org.jspecify.annotations.NullMarked;
