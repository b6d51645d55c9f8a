/**
 * Files off the event loop.
 */
@NullMarked
package io.github.loopguard.bridge.file;

import org.jspecify.annotations.NullMarked;
