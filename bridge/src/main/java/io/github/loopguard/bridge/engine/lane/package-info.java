/**
 * Internal: not for use outside of this module. The operations of a lane: a publisher for
 * each, and the tasks that it submits to the engine.
 */
@NullMarked
package io.github.loopguard.bridge.engine.lane;

import org.jspecify.annotations.NullMarked;
