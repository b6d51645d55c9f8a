package io.github.loopguard.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Detection of calls by BlockHound.
 *
 * @since 0.2
 */
public class BlockhoundProperties {

	/**
	 * Whether BlockHound is installed. By default it is, except in production. If not, no
	 * class of it is loaded, no agent is attached, and nothing is added to the boot class
	 * path, unless you install BlockHound yourself.
	 */
	private @Nullable Boolean enabled;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

}
