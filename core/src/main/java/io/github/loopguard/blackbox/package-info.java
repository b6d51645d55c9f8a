/**
 * The file that a black box leaves behind: its records, how they are written and how they
 * are read again.
 */
@NullMarked
package io.github.loopguard.blackbox;

import org.jspecify.annotations.NullMarked;
