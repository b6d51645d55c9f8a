/**
 * Finds methods that code calls blocking by annotations. Internal: not for use outside of
 * this module.
 */
@NullMarked
package io.github.loopguard.detect.annotation;

import org.jspecify.annotations.NullMarked;
