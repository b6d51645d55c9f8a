/**
 * Finds out which test an occurrence belongs to, and when its loops have come to rest.
 */
@NullMarked
package io.github.loopguard.test.watch;

import org.jspecify.annotations.NullMarked;
