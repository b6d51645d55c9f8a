/**
 * The detector that watches how long event loops are held, from outside: it weaves
 * nothing, wakes nothing and runs nothing on an event loop.
 */
@NullMarked
package io.github.loopguard.detect.loop;

import org.jspecify.annotations.NullMarked;
