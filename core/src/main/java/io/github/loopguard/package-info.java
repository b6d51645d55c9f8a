/**
 * Types that application code uses: violations and their parts, listeners, declarations.
 */
@NullMarked
package io.github.loopguard;

import org.jspecify.annotations.NullMarked;
