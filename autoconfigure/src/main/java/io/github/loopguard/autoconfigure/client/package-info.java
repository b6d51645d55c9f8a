/**
 * Client calls that time out.
 */
@NullMarked
package io.github.loopguard.autoconfigure.client;

import org.jspecify.annotations.NullMarked;
