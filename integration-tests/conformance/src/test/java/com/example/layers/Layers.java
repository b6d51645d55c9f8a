package com.example.layers;

/**
 * Code of a library that calls itself many times before it blocks.
 */
public final class Layers {

	private Layers() {
	}

	/**
	 * Blocks beneath frames of this class.
	 * @param depth number of frames
	 * @throws InterruptedException if it is interrupted
	 */
	public static void sleep(int depth) throws InterruptedException {
		if (depth > 1) {
			sleep(depth - 1);
		}
		else {
			Thread.sleep(1);
		}
	}

}
