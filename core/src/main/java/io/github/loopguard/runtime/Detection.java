package io.github.loopguard.runtime;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.OccurrenceListener;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.RequestSource;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.policy.Policy;

/**
 * The detectors of this JVM and their recorder. Not thread-safe: guarded by the lock of
 * its owner, unless said otherwise.
 */
final class Detection {

	private final Ledger ledger;

	private final CallDetector calls;

	private final OutsideDetectors outside;

	private final Problems problems = new Problems();

	private ApplicationPackages applicationPackages = ApplicationPackages.NONE;

	private Policy policy;

	private RequestSource requestSource = () -> RequestSource.Request.NONE;

	private @Nullable OccurrenceListener listener;

	private volatile @Nullable OccurrenceRecorder recorder;

	/**
	 * Creates the detectors.
	 * @param shipped catalog of Loopguard
	 * @param ledger counts what they find
	 * @param joined called when somebody else has installed BlockHound, with Loopguard in
	 * it
	 */
	Detection(Catalog shipped, Ledger ledger, Runnable joined) {
		this.ledger = ledger;
		this.calls = new CallDetector(shipped, this::record, joined);
		this.outside = new OutsideDetectors(this::outsideCalls, ledger, this.calls::foreignAllowances);
		this.policy = Policy.defaults(shipped);
	}

	/**
	 * Adds packages whose classes are the application's.
	 */
	void add(ApplicationPackages applicationPackages) {
		this.applicationPackages = this.applicationPackages.and(applicationPackages);
	}

	/**
	 * Adds hooks to those of the catalog.
	 * @param hooks the hooks
	 * @param blockHound whether BlockHound is wanted
	 * @return those of them that come too late
	 */
	List<Hook> add(List<Hook> hooks, boolean blockHound) {
		Catalog before = this.calls.catalog();
		List<Hook> late = this.calls.add(hooks, blockHound);
		if (this.recorder != null && !this.calls.status().isWorking() && this.calls.catalog() != before) {
			record(this.calls.catalog());
		}
		return late;
	}

	/**
	 * Installs the detector of calls.
	 * @param blockHound whether BlockHound is wanted
	 */
	void install(boolean blockHound) {
		this.calls.install(this.applicationPackages, blockHound);
	}

	void configure(Policy policy) {
		this.policy = policy;
		if (this.recorder != null) {
			this.recorder.configure(this.applicationPackages, policy);
		}
	}

	/**
	 * Starts the detectors that look from outside, or stops them.
	 */
	void configure(DetectorSettings settings) {
		if (this.recorder == null && this.outside.isWanted(settings)) {
			record(this.calls.catalog());
		}
		this.outside.configure(settings);
	}

	/**
	 * Ignores what BlockHound finds, or no longer.
	 */
	void mute(boolean muted) {
		this.calls.mute(muted);
	}

	/**
	 * Starts detectors that look from outside, or stops them, while the application runs.
	 */
	void switchTo(DetectorSettings before, DetectorSettings after) {
		if (!after.equals(before)) {
			configure(OutsideDetectors.switched(before, after));
		}
	}

	void requestSource(RequestSource requestSource) {
		this.requestSource = requestSource;
		if (this.recorder != null) {
			this.recorder.requestSource(requestSource);
		}
	}

	void listener(@Nullable OccurrenceListener listener) {
		this.listener = listener;
		if (this.recorder != null) {
			this.recorder.listener(listener);
		}
	}

	/**
	 * Returns the policy in force.
	 */
	Policy policy() {
		return this.policy;
	}

	/**
	 * Returns the status of the detectors themselves.
	 */
	List<DetectorStatus> status() {
		List<DetectorStatus> all = new ArrayList<>(List.of(this.calls.status()));
		all.addAll(this.outside.status());
		return List.copyOf(all);
	}

	/**
	 * Returns the status of the detectors and of what works for them. That shows at the
	 * first detector that works.
	 * @param failure what keeps a thread of Loopguard from its work, or {@code null}
	 */
	List<DetectorStatus> status(@Nullable Throwable failure) {
		List<DetectorStatus> all = new ArrayList<>(status());
		for (int i = 0; i < all.size(); i++) {
			if (all.get(i).isWorking()) {
				all.set(i, this.problems.degrade(all.get(i), failure));
				break;
			}
		}
		return List.copyOf(all);
	}

	/**
	 * Returns what does not work beside the detectors.
	 */
	Problems problems() {
		return this.problems;
	}

	/**
	 * Returns the detector of blocking calls.
	 */
	CallDetector calls() {
		return this.calls;
	}

	/**
	 * Returns the detectors that look from outside. May be called without the lock.
	 */
	OutsideDetectors outside() {
		return this.outside;
	}

	/**
	 * Lets the thread of the ledger do what is to be done again and again.
	 */
	void connect(LedgerThread thread) {
		thread.addTask(this.outside::warn);
		thread.recordTo(this.outside.announced());
		thread.addTask(this::tellLastingCalls);
	}

	/**
	 * Tells violations whose call has lasted too long to wait for its end. Called without
	 * the lock.
	 */
	private void tellLastingCalls() {
		OccurrenceRecorder current = this.recorder;
		if (current != null) {
			current.tellLastingCalls();
		}
	}

	long failures() {
		return (this.recorder != null) ? this.recorder.failures() : 0;
	}

	long healed() {
		return (this.recorder != null) ? this.recorder.healed() : 0;
	}

	private @Nullable OutsideCalls outsideCalls() {
		OccurrenceRecorder current = this.recorder;
		return (current != null) ? current.outside() : null;
	}

	private OccurrenceRecorder record(Catalog catalog) {
		OccurrenceRecorder created = new OccurrenceRecorder(catalog, this.ledger, this.applicationPackages,
				this.policy);
		created.requestSource(this.requestSource);
		created.listener(this.listener);
		this.recorder = created;
		return created;
	}

}
