@NullMarked
package io.github.loopguard.benchmarks.repeat;

import org.jspecify.annotations.NullMarked;
