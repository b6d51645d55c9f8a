package io.github.loopguard.detect.blockhound;

import io.github.loopguard.detect.PreventedCall;

/**
 * Describes a prevented call. Cause of BlockHound's error, whose own message is fixed.
 */
final class PreventedCallException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	PreventedCallException(PreventedCall call) {
		super(call.message(), null, false, false);
	}

}
