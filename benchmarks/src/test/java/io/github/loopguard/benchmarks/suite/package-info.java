/**
 * What watching tests costs, beside BlockHound's own listener.
 */
package io.github.loopguard.benchmarks.suite;
