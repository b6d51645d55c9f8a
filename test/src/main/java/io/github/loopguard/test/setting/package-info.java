/**
 * Settings that a build passes to its tests.
 */
@NullMarked
package io.github.loopguard.test.setting;

import org.jspecify.annotations.NullMarked;
