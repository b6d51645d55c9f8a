/**
 * Threads that work for the life of the JVM, whatever is thrown meanwhile. Internal: not
 * for use outside of this module.
 */
@NullMarked
package io.github.loopguard.daemon;

import org.jspecify.annotations.NullMarked;
