/**
 * The model of known violations.
 */
@NullMarked
package io.github.loopguard.baseline;

import org.jspecify.annotations.NullMarked;
