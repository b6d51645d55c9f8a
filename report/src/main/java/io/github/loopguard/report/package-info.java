/**
 * Reports of test sessions as files: JSON, a page, SARIF and collapsed stacks.
 */
@NullMarked
package io.github.loopguard.report;

import org.jspecify.annotations.NullMarked;
