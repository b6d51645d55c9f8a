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

	private static final String NOT_WANTED = "loopguard.blockhound.enabled is false, as it is in production unless set";

	private final Function<Catalog, OccurrenceRecorder> recorders;

	private final Runnable joined;

	private volatile @Nullable BlockHoundDetector blockHound;

	private Catalog catalog;

	private boolean onlyHooks;

	private boolean weaving;

	private @Nullable DetectorStatus inactive;

	/**
	 * Creates it without touching BlockHound.
	 * @param shipped catalog of Loopguard
	 * @param recorders creates the recorder for a catalog
	 * @param joined called when somebody else has installed BlockHound, with Loopguard in
	 * it
	 */
	CallDetector(Catalog shipped, Function<Catalog, OccurrenceRecorder> recorders, Runnable joined) {
		this.catalog = shipped;
		this.recorders = recorders;
		this.joined = joined;
	}

	/**
	 * Adds hooks to those of the catalog. Without BlockHound, they only name calls that
	 * other detectors find.
	 * @param hooks the hooks
	 * @param wanted whether BlockHound is wanted
	 * @return those of them that come too late
	 */
	List<Hook> add(List<Hook> hooks, boolean wanted) {
		if (isUsed(wanted)) {
			return blockHound().add(hooks);
		}
		hooks.forEach((hook) -> this.catalog = this.catalog.with(hook.rule(), List.of(hook)));
		return List.of();
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
	 * Installs BlockHound unless it is there already, is not on the class path or is not
	 * wanted. Somebody who installs it himself wants it.
	 * @param applicationPackages packages of the application
	 * @param wanted whether BlockHound is wanted
	 */
	void install(ApplicationPackages applicationPackages, boolean wanted) {
		if (isUsed(wanted)) {
			this.inactive = null;
			blockHound().install(applicationPackages);
		}
		else if (wanted) {
			turnOff(State.UNAVAILABLE, "BlockHound is not on the class path; add io.projectreactor.tools:blockhound");
		}
		else {
			turnOff(State.OFF, NOT_WANTED);
		}
	}

	/**
	 * Ignores the marks and the callback of somebody else who installs BlockHound.
	 */
	void onlyHooks() {
		this.onlyHooks = true;
		if (this.blockHound != null) {
			this.blockHound.onlyHooks();
		}
	}

	/**
	 * Ignores what BlockHound finds, or no longer.
	 */
	void mute(boolean muted) {
		if (this.blockHound != null) {
			this.blockHound.mute(muted);
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
		if (this.blockHound != null && !this.weaving) {
			this.weaving = true;
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
		return (this.blockHound != null) ? this.blockHound.catalog() : this.catalog;
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
			this.blockHound = new BlockHoundDetector(this.catalog, this.recorders, this.joined);
			if (this.onlyHooks) {
				this.blockHound.onlyHooks();
			}
		}
		return this.blockHound;
	}

	private boolean isUsed(boolean wanted) {
		return this.blockHound != null || (wanted && isBlockHoundPresent());
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
