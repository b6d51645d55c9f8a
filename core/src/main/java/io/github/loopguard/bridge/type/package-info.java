/**
 * Classes and services loaded off the event loop.
 */
@NullMarked
package io.github.loopguard.bridge.type;

import org.jspecify.annotations.NullMarked;
