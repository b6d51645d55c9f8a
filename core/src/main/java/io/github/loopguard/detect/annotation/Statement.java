package io.github.loopguard.detect.annotation;

import io.github.loopguard.catalog.Hook.Annotation;

/**
 * What an annotation says about a method.
 *
 * @param blocks whether the method blocks
 * @param annotation the annotation
 */
record Statement(boolean blocks, Annotation annotation) {
}
