package io.github.loopguard.detect.stack;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.policy.Finding;

/**
 * A call that was attributed.
 *
 * @param finding what was found
 * @param lazy whether later calls at the same site may go on with it
 * @param consuming whether the call consumes what a lazy API returned
 */
public record AttributedCall(Finding finding, boolean lazy, boolean consuming) {

	/**
	 * Returns this call with the keys of other calls that Loopguard 0.1 counted it with.
	 * @param loading the call that loads the class which is being initialised, or
	 * {@code null} if none does
	 * @param opener the last call on this thread, in whichever turn, that opened
	 * something whose use blocks, or {@code null} if there is none
	 * @return the call
	 */
	public AttributedCall countedWith(@Nullable Finding loading, @Nullable Finding opener) {
		Finding finding = this.finding;
		if (loading != null) {
			finding = FormerKeys.add(finding, loading);
		}
		if (opener != null && this.consuming && finding.site() != null
				&& finding.key().at().equals(opener.key().at())) {
			finding = FormerKeys.add(finding, opener);
		}
		return (finding != this.finding) ? new AttributedCall(finding, this.lazy, this.consuming) : this;
	}

}
