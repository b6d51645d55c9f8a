/**
 * Loopguard in a Spring Boot application.
 */
@NullMarked
package io.github.loopguard.autoconfigure;

import org.jspecify.annotations.NullMarked;
