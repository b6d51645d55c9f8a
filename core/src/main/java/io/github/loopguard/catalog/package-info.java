/**
 * The rules, their hooks, and the only place that knows names of the JDK.
 */
@NullMarked
package io.github.loopguard.catalog;

import org.jspecify.annotations.NullMarked;
