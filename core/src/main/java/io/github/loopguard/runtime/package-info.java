/**
 * What exists once in a JVM: the installation, attached application contexts, the status.
 */
@NullMarked
package io.github.loopguard.runtime;

import org.jspecify.annotations.NullMarked;
