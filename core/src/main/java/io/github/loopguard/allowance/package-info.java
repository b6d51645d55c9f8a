/**
 * Deliberate exceptions: the model, the list that Loopguard ships, and their inspection.
 */
@NullMarked
package io.github.loopguard.allowance;

import org.jspecify.annotations.NullMarked;
