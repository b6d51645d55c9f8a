package io.github.loopguard.test.tracking;

/**
 * A task that runs on another thread as part of the work that scheduled it.
 */
final class CarriedTask implements Runnable {

	private final Work work;

	private final Runnable task;

	CarriedTask(Work work, Runnable task) {
		this.work = work;
		this.task = task;
	}

	@Override
	public void run() {
		this.work.begun();
		try {
			TestTracker.run(this.work, this.task);
		}
		finally {
			this.work.ended();
		}
	}

}
