/**
 * Collects the violations of tests and writes the reports at the end of the session.
 */
@NullMarked
package io.github.loopguard.test.report;

import org.jspecify.annotations.NullMarked;
