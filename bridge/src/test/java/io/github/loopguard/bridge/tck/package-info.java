/**
 * The Reactive Streams TCK, run by TestNG's engine for the JUnit platform, for each
 * operation of a named lane and of the default lane.
 * <p>
 * Skipped are, because the TCK itself cannot verify them, the seven tests
 * {@code untested_*}; and, because a {@code call} emits one element at most, those of its
 * tests that need more. Optional rules that are not met fail.
 */
package io.github.loopguard.bridge.tck;
