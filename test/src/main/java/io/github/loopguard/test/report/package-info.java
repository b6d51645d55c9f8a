/**
 * Collects what tests find and writes the reports when the session ends.
 */
@NullMarked
package io.github.loopguard.test.report;

import org.jspecify.annotations.NullMarked;
