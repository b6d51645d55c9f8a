/**
 * Attribution of occurrences to tests, and waiting until event loops are idle.
 */
@NullMarked
package io.github.loopguard.test.tracking;

import org.jspecify.annotations.NullMarked;
