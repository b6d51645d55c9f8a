package io.github.loopguard.detect.loop;

import io.github.loopguard.policy.Finding;

/**
 * What some samples agree on.
 */
final class Found {

	final Finding finding;

	final Sample sample;

	long nanos;

	Found(Finding finding, Sample sample) {
		this.finding = finding;
		this.sample = sample;
	}

}
