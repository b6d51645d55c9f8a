package io.github.loopguard;

import org.jspecify.annotations.Nullable;

/**
 * The library of an offender, read from its jar.
 *
 * @param jar file name of the jar
 * @param groupId Maven group, or {@code null} if unknown
 * @param artifactId Maven artifact, or {@code null} if unknown
 * @param version version, or {@code null} if unknown
 * @param reportTo where to report a defect of the library, or {@code null} if unknown
 * @since 0.1
 */
public record Library(String jar, @Nullable String groupId, @Nullable String artifactId, @Nullable String version,
		@Nullable String reportTo) {
}
