/**
 * How files are written.
 */
@NullMarked
package io.github.loopguard.report.file;

import org.jspecify.annotations.NullMarked;
