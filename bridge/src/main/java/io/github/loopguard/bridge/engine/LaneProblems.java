package io.github.loopguard.bridge.engine;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What does not work in a lane at the moment, beside its calls.
 */
final class LaneProblems {

	final Part timeouts = new Part("timeouts are not checked");

	final Part queueTimes = new Part("the time that calls wait is not measured");

	final Part runTimes = new Part("the time that calls run is not measured");

	private final List<Part> parts = List.of(this.timeouts, this.queueTimes, this.runTimes);

	/**
	 * Describes the first problem, {@code null} if there is none.
	 */
	@Nullable String describe() {
		for (Part part : this.parts) {
			Throwable failure = part.failure;
			if (failure != null) {
				return part.problem + " because of " + failure;
			}
		}
		return null;
	}

	/**
	 * A part that works or does not. To note that allocates nothing, because the heap may
	 * be full.
	 */
	static final class Part {

		private final String problem;

		private volatile @Nullable Throwable failure;

		private Part(String problem) {
			this.problem = problem;
		}

		void works() {
			if (this.failure != null) {
				this.failure = null;
			}
		}

		void fails(Throwable failure) {
			this.failure = failure;
		}

	}

}
