/**
 * The detector that reads the JVM's flight recorder: exact durations and what was read,
 * written or waited for, from outside. It weaves nothing and runs nothing on an event
 * loop.
 */
@NullMarked
package io.github.loopguard.detect.flight;

import org.jspecify.annotations.NullMarked;
