/**
 * The detector that watches how long event loops are held, from outside: it weaves
 * nothing and wakes nothing, and runs nothing on an event loop unless that has stood
 * still.
 */
@NullMarked
package io.github.loopguard.detect.loop;

import org.jspecify.annotations.NullMarked;
