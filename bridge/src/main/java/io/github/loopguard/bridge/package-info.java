/**
 * {@link io.github.loopguard.bridge.BlockingBridge} runs blocking work on bounded lanes,
 * off the event loop.
 */
@NullMarked
package io.github.loopguard.bridge;

import org.jspecify.annotations.NullMarked;
