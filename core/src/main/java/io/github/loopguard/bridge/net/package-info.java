/**
 * Names resolved off the event loop.
 */
@NullMarked
package io.github.loopguard.bridge.net;

import org.jspecify.annotations.NullMarked;
