/**
 * Model of known and tolerated violations.
 */
@NullMarked
package io.github.loopguard.baseline;

import org.jspecify.annotations.NullMarked;
