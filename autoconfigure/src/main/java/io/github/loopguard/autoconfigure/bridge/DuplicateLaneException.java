package io.github.loopguard.autoconfigure.bridge;

/**
 * Two beans define the same lane.
 */
final class DuplicateLaneException extends RuntimeException {

	private final String lane;

	DuplicateLaneException(String lane, String bean, String otherBean) {
		super("The lane '" + lane + "' of the BlockingBridge is defined by two beans, '" + bean + "' and '" + otherBean
				+ "'.");
		this.lane = lane;
	}

	String lane() {
		return this.lane;
	}

}
