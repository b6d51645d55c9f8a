/**
 * The command line, which reads and writes reports and baselines after the tests.
 */
@NullMarked
package io.github.loopguard.cli;

import org.jspecify.annotations.NullMarked;
