/**
 * Hooks, allowances and thread names that users and service providers add.
 */
@NullMarked
package io.github.loopguard.extension;

import org.jspecify.annotations.NullMarked;
