/**
 * What happens when a session of JUnit's launcher opens. Internal: not for use outside of
 * this module.
 */
@NullMarked
package io.github.loopguard.session;

import org.jspecify.annotations.NullMarked;
