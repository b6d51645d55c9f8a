/**
 * From hooks to occurrences: what is an event loop, and what one call on it is. Each
 * detector has a package of its own below.
 */
@NullMarked
package io.github.loopguard.detect;

import org.jspecify.annotations.NullMarked;
