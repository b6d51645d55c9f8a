/**
 * TLS material and HTTP clients that are created off the event loop.
 */
@NullMarked
package io.github.loopguard.autoconfigure.bridge.tls;

import org.jspecify.annotations.NullMarked;
