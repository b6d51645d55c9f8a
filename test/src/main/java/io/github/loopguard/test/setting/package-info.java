/**
 * What a build tells the tests.
 */
@NullMarked
package io.github.loopguard.test.setting;

import org.jspecify.annotations.NullMarked;
