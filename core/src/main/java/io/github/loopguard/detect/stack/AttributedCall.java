package io.github.loopguard.detect.stack;

import io.github.loopguard.policy.Finding;

/**
 * A call that was attributed.
 *
 * @param finding what was found
 * @param lazy whether later calls at the same site may go on with it
 * @param consuming whether the call consumes what a lazy API returned
 */
public record AttributedCall(Finding finding, boolean lazy, boolean consuming) {
}
