package io.github.loopguard.autoconfigure.bridge;

/**
 * {@code @Offload} is on a method that does not support it.
 */
final class InvalidOffloadException extends RuntimeException {

	private final String description;

	private final String remedy;

	InvalidOffloadException(OffloadMethod method, String problem, String remedy) {
		super("@Offload(\"" + method.lane() + "\") on " + method + ": the method " + problem + ".");
		this.description = "@Offload(\"" + method.lane() + "\") on " + method + " cannot work: the method " + problem
				+ ".";
		this.remedy = remedy;
	}

	String description() {
		return this.description;
	}

	String remedy() {
		return Character.toUpperCase(this.remedy.charAt(0)) + this.remedy.substring(1) + ".";
	}

}
