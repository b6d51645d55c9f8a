/**
 * Tests that fail when an event loop is blocked.
 */
@NullMarked
package io.github.loopguard.test;

import org.jspecify.annotations.NullMarked;
