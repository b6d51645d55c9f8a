package org.lib;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.Consumer;

import io.github.loopguard.detect.OccurrenceRecorder;

/**
 * Code of a library that loads a class by a loader of its own.
 *
 * @param recorder is told of the class
 */
public record Loader(OccurrenceRecorder recorder) implements Consumer<String> {

	@Override
	public void accept(String className) {
		this.recorder.classDefined(className, new URLClassLoader(new URL[0]));
	}

}
