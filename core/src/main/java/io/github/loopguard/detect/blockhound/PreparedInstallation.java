package io.github.loopguard.detect.blockhound;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.OccurrenceRecorder;

/**
 * What Loopguard set up in BlockHound's builder, before it is installed.
 *
 * @param catalog the shipped rules with the marks of other integrations
 * @param recorder receives what hooks report
 * @param weaver weaves hooks into classes as they are defined
 * @param hooks state of all hooks
 * @param loadedClasses weaves hooks into classes that were loaded before
 * @param interceptor removes late marks and allowances from the builder, or {@code null}
 * if this BlockHound's tables are out of reach, so that it needs the JVM flag
 * @param restoreCallback sets Loopguard's callback again, in case a user replaced it
 */
record PreparedInstallation(Catalog catalog, OccurrenceRecorder recorder, HookWeaver weaver, HookInventory hooks,
		LoadedClassWeaver loadedClasses, @Nullable BuilderInterceptor interceptor, Runnable restoreCallback) {
}
