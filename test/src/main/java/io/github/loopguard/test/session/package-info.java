/**
 * What happens at the beginning and at the end of a session of tests.
 */
@NullMarked
package io.github.loopguard.test.session;

import org.jspecify.annotations.NullMarked;
