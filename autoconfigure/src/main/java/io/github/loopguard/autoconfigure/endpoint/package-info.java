/**
 * The Actuator endpoint and its JSON, schema 1.
 */
@NullMarked
package io.github.loopguard.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
