/**
 * The detector that finds blocking calls with BlockHound: its installation, and the hooks
 * that are woven into the JDK and into libraries.
 */
@NullMarked
package io.github.loopguard.detect.blockhound;

import org.jspecify.annotations.NullMarked;
