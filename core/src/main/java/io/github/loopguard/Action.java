package io.github.loopguard;

/**
 * What is done about an occurrence.
 *
 * @since 0.1
 */
public enum Action {

	/**
	 * Ignore it: it is neither counted nor kept.
	 */
	OFF,

	/**
	 * Count it and keep it, without a word in the log.
	 */
	OBSERVE,

	/**
	 * Keep it and say it once per violation.
	 */
	LOG,

	/**
	 * Say it, and prevent the call where that is safe.
	 */
	FAIL

}
