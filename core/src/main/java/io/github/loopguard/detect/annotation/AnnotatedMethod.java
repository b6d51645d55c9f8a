package io.github.loopguard.detect.annotation;

/**
 * An annotated method to weave.
 *
 * @param id number of its hook
 * @param name name of the method
 * @param descriptor its descriptor
 */
public record AnnotatedMethod(int id, String name, String descriptor) {
}
