package io.github.loopguard.autoconfigure.bridge;

import io.github.loopguard.bridge.LaneStatus;

/**
 * A number that each lane has.
 */
enum LaneMeter {

	ACTIVE("active", false, "Calls that run now"),

	THREADS_MAX("threads.max", false, "Most calls that run at the same time"),

	QUEUED("queued", false, "Calls that wait for a thread now"),

	QUEUE_CAPACITY("queue.capacity", false, "Most calls that wait"),

	OPEN("open", false, "Streams and sessions that are open now"),

	LINGERING("lingering", false, "Calls that still run although nobody waits for them"),

	SUBMITTED("submitted", true, "Calls that asked for a place"),

	REJECTED("rejected", true, "Calls that got no place"),

	COMPLETED("completed", true, "Calls that delivered their result"),

	FAILED("failed", true, "Calls whose code threw"),

	CANCELLED("cancelled", true, "Calls whose subscriber cancelled"),

	TIMED_OUT("timed.out", true, "Calls that waited or ran too long"),

	ABANDONED("abandoned", true, "Calls left running without a subscriber"),

	IN_PLACE("in.place", true, "Calls of the lane's own threads, run in place");

	private final String id;

	private final boolean counter;

	private final String description;

	LaneMeter(String id, boolean counter, String description) {
		this.id = id;
		this.counter = counter;
		this.description = description;
	}

	String id() {
		return this.id;
	}

	boolean isCounter() {
		return this.counter;
	}

	String description() {
		return this.description;
	}

	double valueOf(LaneStatus lane) {
		return switch (this) {
			case ACTIVE -> lane.active();
			case THREADS_MAX -> lane.maxThreads();
			case QUEUED -> lane.queued();
			case QUEUE_CAPACITY -> lane.queueCapacity();
			case OPEN -> lane.open();
			case LINGERING -> lane.lingering();
			case SUBMITTED -> lane.submitted();
			case REJECTED -> lane.rejected();
			case COMPLETED -> lane.completed();
			case FAILED -> lane.failed();
			case CANCELLED -> lane.cancelled();
			case TIMED_OUT -> lane.timedOut();
			case ABANDONED -> lane.abandoned();
			case IN_PLACE -> lane.inPlace();
		};
	}

}
