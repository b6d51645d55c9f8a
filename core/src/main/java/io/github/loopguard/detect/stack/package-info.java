/**
 * Reads, hashes, attributes and names stacks. Internal: not for use outside of this
 * module.
 */
@NullMarked
package io.github.loopguard.detect.stack;

import org.jspecify.annotations.NullMarked;
