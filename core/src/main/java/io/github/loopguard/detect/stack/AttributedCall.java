package io.github.loopguard.detect.stack;

import io.github.loopguard.policy.Finding;

/**
 * A call that was attributed.
 *
 * @param finding what was found
 * @param lazy whether what the call returned goes on blocking at the same site
 * @param consuming whether the call consumes what a lazy API returned
 */
public record AttributedCall(Finding finding, boolean lazy, boolean consuming) {
}
