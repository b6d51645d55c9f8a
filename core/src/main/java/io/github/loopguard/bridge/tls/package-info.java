/**
 * TLS material made off the event loop, once for all who need it.
 */
@NullMarked
package io.github.loopguard.bridge.tls;

import org.jspecify.annotations.NullMarked;
