/**
 * What is done about a blocking call: actions per rule and origin.
 */
@NullMarked
package io.github.loopguard.policy;

import org.jspecify.annotations.NullMarked;
