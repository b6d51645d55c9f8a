/**
 * The file of the violations that a build tolerates.
 */
@NullMarked
package io.github.loopguard.report.baseline;

import org.jspecify.annotations.NullMarked;
