package io.github.loopguard.autoconfigure.bridge;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.Lane;

/**
 * Lets WebFlux run handler methods in a lane.
 */
final class LaneExecutor implements Executor {

	private final Lane lane;

	LaneExecutor(Lane lane) {
		this.lane = lane;
	}

	@Override
	public void execute(Runnable task) {
		if (OffloadRejection.present()) {
			// WebFlux comes here twice for a call; refused the first time, it is refused
			// for good.
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

		private @Nullable BridgeException refusal;

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
			BridgeException deliver = null;
			synchronized (this) {
				if (!this.started && error instanceof BridgeException bridgeException) {
					this.refusal = bridgeException;
					deliver = this.submitting ? null : bridgeException;
				}
			}
			if (deliver != null) {
				OffloadRejection.deliver(deliver, this.task);
			}
		}

		private synchronized void submitted() {
			this.submitting = false;
			if (this.refusal != null) {
				throw new RejectedExecutionException(this.refusal);
			}
		}

	}

}
