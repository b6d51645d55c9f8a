/**
 * Warms the application up: runs what blocks an event loop only once before the first
 * request, off the event loop.
 */
@NullMarked
package io.github.loopguard.autoconfigure.bridge.warmup;

import org.jspecify.annotations.NullMarked;
