/**
 * Rules and hooks. The only package that contains names of the JDK and of libraries.
 */
@NullMarked
package io.github.loopguard.catalog;

import org.jspecify.annotations.NullMarked;
