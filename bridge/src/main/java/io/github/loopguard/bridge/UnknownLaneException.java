package io.github.loopguard.bridge;

import java.util.Collection;
import java.util.List;

/**
 * A lane was requested that is not defined.
 *
 * @since 0.1
 */
public final class UnknownLaneException extends BridgeException {

	private final List<String> known;

	UnknownLaneException(String lane, Collection<String> known) {
		super(lane,
				"There is no lane '" + lane + "', only " + known + ". Define it by loopguard.bridge.lanes." + lane
						+ ".threads=…, or in code by BlockingBridge.define(LaneSpec.named(\"" + lane + "\")).",
				true, null);
		this.known = List.copyOf(known);
	}

	/**
	 * Returns the names of the lanes that exist.
	 * @return the names
	 */
	public List<String> known() {
		return this.known;
	}

}
