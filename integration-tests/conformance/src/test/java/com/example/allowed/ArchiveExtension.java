package com.example.allowed;

import io.github.loopguard.extension.Extensions;
import io.github.loopguard.extension.LoopguardExtension;

/**
 * Found by the service loader.
 */
public final class ArchiveExtension implements LoopguardExtension {

	@Override
	public void extend(Extensions.Builder extensions) {
		extensions.hook("com.example.allowed.AllowedApplication$Archive#search", "messaging")
			.allow("archive-provided", "com.example.allowed.AllowedApplication$Routes#provided", "the file is local")
			.eventLoopThreads("archive-io-*")
			.blockingThreads("archive-worker-*");
	}

}
