/**
 * Finds out what a thread is. Internal: not for use outside of this module.
 */
@NullMarked
package io.github.loopguard.detect.thread;

import org.jspecify.annotations.NullMarked;
