/**
 * Where turns of event loops begin and where they are handed to others. Internal: not for
 * use outside of this module.
 */
@NullMarked
package io.github.loopguard.detect.turn;

import org.jspecify.annotations.NullMarked;
