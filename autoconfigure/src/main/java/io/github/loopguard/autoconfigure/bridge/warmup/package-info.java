/**
 * Does what blocks an event loop once, off the loop and before the first request.
 */
@NullMarked
package io.github.loopguard.autoconfigure.bridge.warmup;

import org.jspecify.annotations.NullMarked;
