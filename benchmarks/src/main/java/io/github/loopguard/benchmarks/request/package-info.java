@NullMarked
package io.github.loopguard.benchmarks.request;

import org.jspecify.annotations.NullMarked;
