/**
 * Meters.
 */
@NullMarked
package io.github.loopguard.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
