package io.github.loopguard.autoconfigure.bridge;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.Lane;

/**
 * Runs WebFlux handler methods in a lane.
 */
final class LaneExecutor implements Executor {

	private final Lane lane;

	LaneExecutor(Lane lane) {
		this.lane = lane;
	}

	@Override
	public void execute(Runnable task) {
		if (OffloadRejection.present()) {
			// WebFlux submits a call twice; a rejection of the first is final.
			task.run();
			return;
		}
		Submission submission = new Submission(task);
		this.lane.run(submission::run).subscribe(null, submission::failed);
		submission.submitted();
	}

	private static final class Submission {

		private final Runnable task;

		private boolean submitting = true;

		private boolean started;

		private @Nullable BridgeException rejection;

		private Submission(Runnable task) {
			this.task = task;
		}

		private void run() {
			synchronized (this) {
				this.started = true;
			}
			this.task.run();
		}

		private void failed(Throwable error) {
			BridgeException delivered = null;
			synchronized (this) {
				if (!this.started && error instanceof BridgeException bridgeException) {
					this.rejection = bridgeException;
					delivered = this.submitting ? null : bridgeException;
				}
			}
			if (delivered != null) {
				OffloadRejection.deliver(delivered, this.task);
			}
		}

		private synchronized void submitted() {
			this.submitting = false;
			if (this.rejection != null) {
				throw new RejectedExecutionException(this.rejection);
			}
		}

	}

}
