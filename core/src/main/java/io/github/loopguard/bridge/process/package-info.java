/**
 * Other programs run off the event loop.
 */
@NullMarked
package io.github.loopguard.bridge.process;

import org.jspecify.annotations.NullMarked;
