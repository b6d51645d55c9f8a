@NullMarked
package io.github.loopguard.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
