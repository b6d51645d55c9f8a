package org.lib;

/**
 * A task of a library that blocks.
 *
 * @param block what blocks
 */
public record Task(Runnable block) implements Runnable {

	@Override
	public void run() {
		this.block.run();
	}

}
