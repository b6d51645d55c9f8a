/**
 * What has held event loops lately. Internal: not for use outside of this module.
 */
@NullMarked
package io.github.loopguard.detect.history;

import org.jspecify.annotations.NullMarked;
