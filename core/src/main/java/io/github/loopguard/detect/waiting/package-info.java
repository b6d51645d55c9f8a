/**
 * What waits for event loops that stand still.
 */
@NullMarked
package io.github.loopguard.detect.waiting;

import org.jspecify.annotations.NullMarked;
