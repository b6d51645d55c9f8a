/**
 * Ready-made blocking operations on a lane: files, host names, processes, TLS material,
 * classes, transactions.
 */
@NullMarked
package io.github.loopguard.bridge.operation;

import org.jspecify.annotations.NullMarked;
