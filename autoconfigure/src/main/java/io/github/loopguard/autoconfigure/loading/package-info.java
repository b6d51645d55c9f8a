/**
 * Loading classes before they are needed.
 */
@NullMarked
package io.github.loopguard.autoconfigure.loading;

import org.jspecify.annotations.NullMarked;
