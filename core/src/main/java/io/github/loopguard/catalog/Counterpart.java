package io.github.loopguard.catalog;

/**
 * What to use instead of a library that waits.
 *
 * @param prefix what the names of its classes begin with
 * @param library the library, as people call it
 * @param fix what to do instead, in one sentence
 * @since 0.1
 */
public record Counterpart(String prefix, String library, String fix) {
}
