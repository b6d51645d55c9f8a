/**
 * Internal: not for use outside of this module. The context of a caller, propagated to
 * its call, and whether its thread may block.
 */
@NullMarked
package io.github.loopguard.bridge.engine.context;

import org.jspecify.annotations.NullMarked;
