package io.github.loopguard.detect.blockhound;

import io.github.loopguard.detect.PreventedCall;

/**
 * Says why a call was prevented; the cause of BlockHound's own error, whose text cannot
 * be chosen.
 */
final class PreventedCallException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	PreventedCallException(PreventedCall call) {
		super(call.message(), null, false, false);
	}

}
