/**
 * What it costs to watch many event loops.
 */
@NullMarked
package io.github.loopguard.benchmarks.loops;

import org.jspecify.annotations.NullMarked;
