/**
 * {@code @Offload}: methods of beans that run in a lane.
 */
@NullMarked
package io.github.loopguard.autoconfigure.bridge.offload;

import org.jspecify.annotations.NullMarked;
