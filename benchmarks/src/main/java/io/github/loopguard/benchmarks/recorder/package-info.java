/**
 * What reading the JVM's flight recorder costs.
 */
@NullMarked
package io.github.loopguard.benchmarks.recorder;

import org.jspecify.annotations.NullMarked;
