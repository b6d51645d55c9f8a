package io.github.loopguard.detect.blockhound;

import java.util.function.Predicate;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.OccurrenceRecorder;

/**
 * What Loopguard set up in BlockHound's builder, before it is installed.
 *
 * @param catalog the shipped rules with the marks of other integrations
 * @param recorder receives what hooks report
 * @param callback receives what woven code reports
 * @param weaver weaves hooks into classes as they are defined
 * @param hooks state of all hooks
 * @param loadedClasses weaves hooks into classes that were loaded before
 * @param threads predicate that BlockHound asks once it is installed
 * @param needsJvmFlag whether this BlockHound's tables are out of reach, so that it works
 * only with the JVM flag
 */
record PreparedInstallation(Catalog catalog, OccurrenceRecorder recorder, HookCallback callback, HookWeaver weaver,
		HookInventory hooks, LoadedClassWeaver loadedClasses, Predicate<Thread> threads, boolean needsJvmFlag) {
}
