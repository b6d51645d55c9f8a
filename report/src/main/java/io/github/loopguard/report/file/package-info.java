/**
 * How files are written and read.
 */
@NullMarked
package io.github.loopguard.report.file;

import org.jspecify.annotations.NullMarked;
