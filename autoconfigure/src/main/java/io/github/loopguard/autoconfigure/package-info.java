/**
 * Auto-configuration of Loopguard for Spring Boot.
 */
@NullMarked
package io.github.loopguard.autoconfigure;

import org.jspecify.annotations.NullMarked;
