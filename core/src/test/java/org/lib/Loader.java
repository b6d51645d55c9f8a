package org.lib;

import java.util.function.Consumer;

import io.github.loopguard.detect.OccurrenceRecorder;

/**
 * Code of a library that loads a class.
 *
 * @param recorder is told of the class
 */
public record Loader(OccurrenceRecorder recorder) implements Consumer<String> {

	@Override
	public void accept(String className) {
		this.recorder.classDefined(className);
	}

}
