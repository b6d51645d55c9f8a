/**
 * The detector that uses BlockHound: its installation, and the weaving of hooks into the
 * JDK and into libraries. Internal: not for use outside of this module.
 */
@NullMarked
package io.github.loopguard.detect.blockhound;

import org.jspecify.annotations.NullMarked;
