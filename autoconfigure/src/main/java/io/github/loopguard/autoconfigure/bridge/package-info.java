/**
 * The {@link io.github.loopguard.bridge.BlockingBridge} as a bean: configuration, meters,
 * HTTP responses and shutdown.
 */
@NullMarked
package io.github.loopguard.autoconfigure.bridge;

import org.jspecify.annotations.NullMarked;
