/**
 * From hooks to findings: who is on an event loop, what is on the stack, and whose call
 * it was. Detectors have a package each.
 */
@NullMarked
package io.github.loopguard.detect;

import org.jspecify.annotations.NullMarked;
