/**
 * Measures the bridge against what it replaces.
 */
@NullMarked
package io.github.loopguard.benchmarks.bridge;

import org.jspecify.annotations.NullMarked;
