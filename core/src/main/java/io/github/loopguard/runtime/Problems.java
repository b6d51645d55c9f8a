package io.github.loopguard.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.DetectorStatus;

/**
 * What does not work beside the detectors. For use by any thread.
 */
final class Problems {

	private final Map<Object, String> problems = new ConcurrentHashMap<>();

	/**
	 * Notes what is wrong with a part.
	 * @param part the part
	 * @param problem a clause, or {@code null} if nothing is wrong any more
	 */
	void set(Object part, @Nullable String problem) {
		if (problem != null) {
			this.problems.put(part, problem);
		}
		else {
			this.problems.remove(part);
		}
	}

	/**
	 * Adds what is wrong to a status.
	 * @param failure what keeps a thread of Loopguard from its work, or {@code null}
	 */
	DetectorStatus degrade(DetectorStatus status, @Nullable Throwable failure) {
		DetectorStatus degraded = (failure == null) ? status
				: status.degraded("violations are kept, but not all work is done at the moment, because of " + failure);
		for (String problem : this.problems.values()) {
			degraded = degraded.degraded(problem);
		}
		return degraded;
	}

}
