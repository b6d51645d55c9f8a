package io.github.loopguard.ledger;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Violation;
import io.github.loopguard.policy.Finding;

/**
 * Who saw a violation, and on which event loops.
 */
final class Witnesses {

	private final Set<String> threads = new LinkedHashSet<>();

	private final Set<String> detectors = new LinkedHashSet<>();

	private final Set<String> resources = new LinkedHashSet<>();

	Witnesses(String detector) {
		this.detectors.add(detector);
	}

	synchronized void add(Finding finding) {
		if (this.threads.size() < Violation.MAX_THREADS) {
			this.threads.add(finding.thread());
		}
		this.detectors.add(finding.detector());
	}

	synchronized void seenBy(String detector, @Nullable String resource) {
		this.detectors.add(detector);
		if (resource != null) {
			add(resource);
		}
	}

	private synchronized void add(String resource) {
		if (this.resources.size() < Violation.MAX_RESOURCES) {
			this.resources.add(resource);
		}
	}

	void addAll(Witnesses others) {
		List<String> threads = others.threads();
		List<String> detectors = others.detectors();
		List<String> resources = others.resources();
		synchronized (this) {
			this.threads.addAll(threads);
			this.detectors.addAll(detectors);
			resources.forEach(this::add);
		}
	}

	synchronized List<String> threads() {
		return this.threads.stream().sorted().toList();
	}

	synchronized List<String> resources() {
		return List.copyOf(this.resources);
	}

	/**
	 * Returns the names of the detectors, the one that saw it first in front.
	 */
	synchronized List<String> detectors() {
		return List.copyOf(this.detectors);
	}

}
