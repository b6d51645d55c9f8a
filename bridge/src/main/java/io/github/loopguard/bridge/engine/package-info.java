/**
 * Internal: not for use outside of this module. Runs tasks on the threads of a lane:
 * submission, order, life cycle, timeouts and shutdown.
 */
@NullMarked
package io.github.loopguard.bridge.engine;

import org.jspecify.annotations.NullMarked;
