/**
 * Deliberate exceptions: model, shipped allowances, and a check whether they can take
 * effect.
 */
@NullMarked
package io.github.loopguard.allowance;

import org.jspecify.annotations.NullMarked;
