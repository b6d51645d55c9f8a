/**
 * What a user's code names: violations and what they consist of.
 */
@NullMarked
package io.github.loopguard;

import org.jspecify.annotations.NullMarked;
