/**
 * Events of Loopguard in recordings of the JVM, for tools that show these. Internal: not
 * for use outside of this module.
 */
@NullMarked
package io.github.loopguard.detect.timeline;

import org.jspecify.annotations.NullMarked;
