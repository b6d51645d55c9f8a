package io.github.loopguard.autoconfigure.bridge.offload;

/**
 * {@code @Offload} is on a method or class that does not support it.
 */
final class InvalidOffloadException extends RuntimeException {

	private final String remedy;

	InvalidOffloadException(String lane, String place, String problem, String remedy) {
		super("@Offload(\"" + lane + "\") on " + place + " cannot work: " + problem + ".");
		this.remedy = remedy;
	}

	InvalidOffloadException(OffloadMethod method, String problem, String remedy) {
		this(method.lane(), method.toString(), "the method " + problem, remedy);
	}

	String remedy() {
		return Character.toUpperCase(this.remedy.charAt(0)) + this.remedy.substring(1) + ".";
	}

}
