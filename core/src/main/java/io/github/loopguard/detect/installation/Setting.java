package io.github.loopguard.detect.installation;

/**
 * What can be disabled where no application has to be asked: by a system property or in
 * the environment.
 */
public enum Setting {

	/**
	 * Loopguard as a whole.
	 */
	ENABLED("loopguard.enabled", "LOOPGUARD_ENABLED"),

	/**
	 * The error or the callback of a user's own installation of BlockHound.
	 */
	BLOCKHOUND_CALLBACK("loopguard.blockhound-callback", "LOOPGUARD_BLOCKHOUNDCALLBACK");

	private final String property;

	private final String variable;

	Setting(String property, String variable) {
		this.property = property;
		this.variable = variable;
	}

	public boolean isFalse() {
		return "false".equalsIgnoreCase(System.getProperty(this.property, System.getenv(this.variable)));
	}

}
