package io.github.loopguard.runtime;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Blocking;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.blockhound.BlockHoundDetector;
import io.github.loopguard.ledger.LedgerThread;

/**
 * The detector of blocking calls, also before it is there, and where BlockHound is not on
 * the class path. Not thread-safe: guarded by the lock of its owner, unless said
 * otherwise.
 */
final class CallDetector {

	private static final String NAME = BlockHoundDetector.NAME;

	private final Catalog shipped;

	private final Function<Catalog, OccurrenceRecorder> recorders;

	private final Runnable joined;

	private volatile @Nullable BlockHoundDetector blockHound;

	private @Nullable DetectorStatus inactive;

	/**
	 * Creates it without touching BlockHound.
	 * @param shipped catalog of Loopguard
	 * @param recorders creates the recorder for a catalog
	 * @param joined called when somebody else has installed BlockHound, with Loopguard in
	 * it
	 */
	CallDetector(Catalog shipped, Function<Catalog, OccurrenceRecorder> recorders, Runnable joined) {
		this.shipped = shipped;
		this.recorders = recorders;
		this.joined = joined;
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
	void install(ApplicationPackages applicationPackages) {
		if (isBlockHoundPresent()) {
			this.inactive = null;
			blockHound().install(applicationPackages);
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
		this.inactive = new DetectorStatus(NAME, state, reason);
	}

	DetectorStatus status() {
		if (this.inactive != null) {
			return this.inactive;
		}
		return (this.blockHound != null) ? this.blockHound.status() : new DetectorStatus(NAME, State.OFF, null);
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

	BlockHoundDetector blockHound() {
		if (this.blockHound == null) {
			this.blockHound = new BlockHoundDetector(this.shipped, this.recorders, this.joined);
		}
		return this.blockHound;
	}

	private static boolean isBlockHoundPresent() {
		try {
			Class.forName("reactor.blockhound.BlockHound", false, CallDetector.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
