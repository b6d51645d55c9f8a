/**
 * Listeners of test sessions.
 */
@NullMarked
package io.github.loopguard.test.session;

import org.jspecify.annotations.NullMarked;
