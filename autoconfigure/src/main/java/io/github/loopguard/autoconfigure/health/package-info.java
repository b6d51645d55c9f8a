/**
 * The health of event loops.
 */
@NullMarked
package io.github.loopguard.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
