/**
 * The {@link io.github.loopguard.bridge.BlockingBridge} as a bean: configuration, meters,
 * HTTP answers, declarative use, warm-up and shutdown.
 */
@NullMarked
package io.github.loopguard.autoconfigure.bridge;

import org.jspecify.annotations.NullMarked;
