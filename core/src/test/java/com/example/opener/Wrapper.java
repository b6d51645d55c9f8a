package com.example.opener;

/**
 * A task around another one.
 *
 * @param task what it runs
 */
public record Wrapper(Runnable task) implements Runnable {

	@Override
	public void run() {
		this.task.run();
	}

}
