/**
 * Comparison of the violations of tests with the baseline.
 */
@NullMarked
package io.github.loopguard.test.baseline;

import org.jspecify.annotations.NullMarked;
