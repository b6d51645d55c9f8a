/**
 * Records how event loops are doing in a file that outlives the process, and answers
 * while every event loop is stuck. Internal: not for use outside of this module.
 */
@NullMarked
package io.github.loopguard.blackbox.recorder;

import org.jspecify.annotations.NullMarked;
