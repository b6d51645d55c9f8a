/**
 * Measures the bridge against what it replaces.
 */
@NullMarked
package io.github.loopguard.benchmark.bridge;

import org.jspecify.annotations.NullMarked;
