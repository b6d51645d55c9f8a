/**
 * Compares what tests block with the baseline, and writes it.
 */
@NullMarked
package io.github.loopguard.test.baseline;

import org.jspecify.annotations.NullMarked;
