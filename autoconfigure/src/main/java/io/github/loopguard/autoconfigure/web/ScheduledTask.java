package io.github.loopguard.autoconfigure.web;

import io.github.loopguard.detect.RequestSource.Turn;

/**
 * A task of a scheduler of Reactor's, which is a turn of its own.
 */
final class ScheduledTask implements Runnable {

	private final Runnable task;

	ScheduledTask(Runnable task) {
		this.task = task;
	}

	@Override
	public void run() {
		Turn.begin(this.task);
		try {
			this.task.run();
		}
		finally {
			Turn.end();
		}
	}

}
