/**
 * The command line: what can be done with reports after the tests.
 */
@NullMarked
package io.github.loopguard.cli;

import org.jspecify.annotations.NullMarked;
