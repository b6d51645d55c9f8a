/**
 * Ready-made blocking operations on a lane: files, names, programs, TLS material,
 * classes.
 */
@NullMarked
package io.github.loopguard.bridge.operation;

import org.jspecify.annotations.NullMarked;
