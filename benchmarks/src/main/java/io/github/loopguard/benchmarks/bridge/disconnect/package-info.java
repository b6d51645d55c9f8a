/**
 * Clients that cut their connections while lanes work for them.
 */
@NullMarked
package io.github.loopguard.benchmarks.bridge.disconnect;

import org.jspecify.annotations.NullMarked;
