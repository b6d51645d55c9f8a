package io.github.loopguard.runtime;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Blocking;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OccurrenceListener;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.RequestSource;
import io.github.loopguard.detect.blockhound.BlockHoundDetector;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.policy.Policy;

/**
 * The detectors of this JVM and their recorder, also before BlockHound is there. Not
 * thread-safe: guarded by the lock of its owner, unless said otherwise.
 */
final class Detection {

	private static final String DETECTOR = BlockHoundDetector.NAME;

	private final Catalog shipped;

	private final Ledger ledger;

	private final Runnable joined;

	private final Problems problems = new Problems();

	private ApplicationPackages applicationPackages = ApplicationPackages.NONE;

	private Policy policy;

	private RequestSource requestSource = () -> RequestSource.Request.NONE;

	private @Nullable OccurrenceListener listener;

	private volatile @Nullable BlockHoundDetector blockHound;

	private volatile @Nullable OccurrenceRecorder recorder;

	private final LoopMonitor loopMonitor = new LoopMonitor(this::outside);

	private @Nullable DetectorStatus inactive;

	/**
	 * Creates the detectors.
	 * @param shipped catalog of Loopguard
	 * @param ledger counts what they find
	 * @param joined called when somebody else has installed BlockHound, with Loopguard in
	 * it
	 */
	Detection(Catalog shipped, Ledger ledger, Runnable joined) {
		this.shipped = shipped;
		this.ledger = ledger;
		this.joined = joined;
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
	 * @return those of them that come too late
	 */
	List<Hook> add(List<Hook> hooks) {
		return isBlockHoundPresent() ? blockHound().add(hooks) : List.of();
	}

	/**
	 * Waits while somebody else installs BlockHound. To be called without the lock.
	 */
	void awaitOthers() {
		BlockHoundDetector detector = this.blockHound;
		if (detector != null) {
			detector.awaitOthers();
		}
	}

	/**
	 * Installs BlockHound unless it is there already or is not on the class path.
	 */
	void install() {
		if (isBlockHoundPresent()) {
			this.inactive = null;
			blockHound().install(this.applicationPackages);
		}
		else {
			turnOff(State.UNAVAILABLE, "BlockHound is not on the class path; add io.projectreactor.tools:blockhound");
		}
	}

	/**
	 * Ignores the marks and the callback of somebody else who installs BlockHound.
	 */
	void onlyHooks() {
		if (isBlockHoundPresent()) {
			blockHound().onlyHooks();
		}
	}

	/**
	 * Connects {@link Blocking} to the detector.
	 */
	void listenToDeclarations() {
		if (this.inactive == null && this.blockHound != null) {
			Blocking.detectedBy(this.blockHound.declarations());
		}
	}

	/**
	 * Weaves what is annotated, on a thread of its own.
	 */
	void weaveAnnotated(LedgerThread threads) {
		if (this.blockHound != null) {
			threads.addTask("loopguard-weaver", this.blockHound::weaveAnnotated);
		}
	}

	void turnOff(State state, String reason) {
		this.inactive = new DetectorStatus(DETECTOR, state, reason);
	}

	void configure(Policy policy) {
		this.policy = policy;
		if (this.recorder != null) {
			this.recorder.configure(this.applicationPackages, policy);
		}
	}

	/**
	 * Starts to watch event loops, or stops it.
	 * @param installed whether detection is wanted in this JVM
	 */
	void watch(LoopMonitorSettings settings, boolean installed) {
		if (installed) {
			if (settings.enabled() && this.recorder == null) {
				record(this.shipped);
			}
			this.loopMonitor.configure(settings);
		}
	}

	/**
	 * Returns the loop monitor. May be called without the lock.
	 */
	LoopMonitor loopMonitor() {
		return this.loopMonitor;
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
		return withMonitor(detector());
	}

	/**
	 * Returns the status of the detectors and of what works for them.
	 * @param failure what keeps a thread of Loopguard from its work, or {@code null}
	 */
	List<DetectorStatus> status(@Nullable Throwable failure) {
		return withMonitor(this.problems.degrade(detector(), failure));
	}

	private DetectorStatus detector() {
		if (this.inactive != null) {
			return this.inactive;
		}
		return (this.blockHound != null) ? this.blockHound.status() : new DetectorStatus(DETECTOR, State.OFF, null);
	}

	private List<DetectorStatus> withMonitor(DetectorStatus status) {
		DetectorStatus monitor = this.loopMonitor.status();
		return (monitor.state() == State.OFF) ? List.of(status) : List.of(status, monitor);
	}

	/**
	 * Returns what does not work beside the detectors.
	 */
	Problems problems() {
		return this.problems;
	}

	Catalog catalog() {
		return (this.blockHound != null) ? this.blockHound.catalog() : this.shipped;
	}

	boolean needsJvmFlag() {
		return this.blockHound != null && this.blockHound.needsJvmFlag();
	}

	int liveHooks(String rule) {
		return (this.blockHound != null) ? this.blockHound.liveHooks(rule) : 0;
	}

	Map<String, String> missingHooks(String rule) {
		return (this.blockHound != null) ? this.blockHound.missingHooks(rule) : Map.of();
	}

	/**
	 * Returns the allowances of BlockHound and of other integrations. May be called
	 * without the lock.
	 */
	List<Allowance> foreignAllowances() {
		BlockHoundDetector detector = this.blockHound;
		return (detector != null) ? detector.allowances() : List.of();
	}

	/**
	 * Tells violations whose call has lasted too long to wait for its end. May be called
	 * without the lock.
	 */
	void tellLastingCalls() {
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

	BlockHoundDetector blockHound() {
		if (this.blockHound == null) {
			this.blockHound = new BlockHoundDetector(this.shipped, this::record, this.joined);
		}
		return this.blockHound;
	}

	private @Nullable OutsideCalls outside() {
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

	private static boolean isBlockHoundPresent() {
		try {
			Class.forName("reactor.blockhound.BlockHound", false, Detection.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
