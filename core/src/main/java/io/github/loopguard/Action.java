package io.github.loopguard;

/**
 * Action taken on an occurrence.
 *
 * @since 0.1
 */
public enum Action {

	/**
	 * Ignores the occurrence: it is neither counted nor kept.
	 */
	OFF,

	/**
	 * Counts and keeps the occurrence, without logging it.
	 */
	OBSERVE,

	/**
	 * Counts and keeps the occurrence, and logs its violation once.
	 */
	LOG,

	/**
	 * Does the same as {@link #LOG}, and prevents the call where that is safe.
	 */
	FAIL

}
