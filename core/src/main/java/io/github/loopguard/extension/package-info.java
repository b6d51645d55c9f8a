/**
 * What users and service providers add to what Loopguard ships.
 */
@NullMarked
package io.github.loopguard.extension;

import org.jspecify.annotations.NullMarked;
