/**
 * The file of known violations that a build tolerates.
 */
@NullMarked
package io.github.loopguard.baseline;

import org.jspecify.annotations.NullMarked;
