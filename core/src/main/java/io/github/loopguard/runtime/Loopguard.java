package io.github.loopguard.runtime;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OccurrenceListener;
import io.github.loopguard.detect.RequestSource;
import io.github.loopguard.detect.blockhound.BlockHoundDetector;
import io.github.loopguard.detect.installation.Setting;
import io.github.loopguard.extension.Extensions;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.policy.Policy;

/**
 * Loopguard in this JVM: there once, however many application contexts come and go.
 *
 * @since 0.1
 */
public final class Loopguard {

	private static final Loopguard INSTANCE = new Loopguard();

	private final Catalog catalog = Catalog.shipped();

	private final Ledger ledger = new Ledger(this.catalog);

	private final LedgerThread ledgerThread = new LedgerThread(this.ledger);

	private final Contexts contexts = new Contexts(this, this.ledgerThread, this::configure);

	private final Detection detection = new Detection(this.catalog, this.ledger, () -> UserInstallation.joinedBy(this));

	private final AllowanceOverview allowances = new AllowanceOverview();

	private final ExtensionRegistry extensions = new ExtensionRegistry();

	private final SettingsInForce settings = new SettingsInForce(this.catalog, this.ledger, this.detection,
			this.extensions);

	private final Switches switches = new Switches(this, this.settings, this.ledgerThread);

	private boolean started;

	private Loopguard() {
	}

	/**
	 * Returns the one instance.
	 * @return Loopguard in this JVM
	 */
	public static Loopguard instance() {
		return INSTANCE;
	}

	/**
	 * Returns whether Loopguard is disabled where no application is asked.
	 * @return whether it is
	 */
	public static boolean isTurnedOff() {
		return Setting.ENABLED.isFalse();
	}

	/**
	 * Installs the detectors for an application without extensions.
	 * @param applicationPackages packages of the application, as far as they are known
	 * @return the status of the detectors
	 */
	public List<DetectorStatus> install(ApplicationPackages applicationPackages) {
		return install(applicationPackages, Extensions.NONE, true);
	}

	/**
	 * Installs the detectors, once; later calls only add packages. Never throws.
	 * @param applicationPackages packages of the application, as far as they are known
	 * @param configured what the application adds to what Loopguard ships
	 * @param blockHound whether BlockHound is wanted; otherwise it is used only if
	 * somebody else installs it
	 * @return the status of the detectors
	 */
	public List<DetectorStatus> install(ApplicationPackages applicationPackages, Extensions configured,
			boolean blockHound) {
		this.detection.calls().awaitOthers();
		synchronized (this) {
			ExtensionRegistry.warnOfLate(this.detection.add(this.extensions.add(configured), blockHound));
			this.detection.add(applicationPackages);
			this.detection.install(blockHound);
			boolean first = !this.started;
			this.started = true;
			configure();
			this.detection.calls().listenToDeclarations();
			this.detection.calls().weaveAnnotated(this.ledgerThread);
			if (first) {
				this.ledgerThread.addTask(() -> this.settings.expire(this));
				this.detection.connect(this.ledgerThread);
				this.ledgerThread.start();
			}
			return this.detection.status();
		}
	}

	/**
	 * Disables detection, unless it was installed before.
	 * @param state {@code OFF} if it is not wanted, else {@code UNAVAILABLE}
	 * @param reason why, and what to do
	 * @return the status of the detectors
	 */
	public synchronized List<DetectorStatus> turnOff(State state, String reason) {
		if (!this.started) {
			this.detection.calls().turnOff(state, reason);
		}
		return detectors();
	}

	/**
	 * Attaches a context: its policy is in force until another one attaches or it closes.
	 * @param settings settings of the context
	 * @return the attachment, to be closed with the context
	 */
	public synchronized Attachment attach(ContextSettings settings) {
		Attachment attachment = this.contexts.add(settings);
		this.detection.add(settings.applicationPackages());
		configure();
		List<Hook> hooks = this.extensions.hooks();
		this.ledgerThread.once(() -> this.allowances.warn(policy(), this.ledger, this.detection, hooks));
		return attachment;
	}

	/**
	 * Returns all violations of this JVM.
	 * @return the ledger
	 */
	public Ledger ledger() {
		return this.ledger;
	}

	/**
	 * Returns the thread that announces violations.
	 * @return the ledger's thread
	 */
	public LedgerThread ledgerThread() {
		return this.ledgerThread;
	}

	/**
	 * Returns the detectors that look from outside, such as the loop monitor.
	 * @return the detectors
	 */
	public OutsideDetectors outside() {
		return this.detection.outside();
	}

	/**
	 * Returns the settings that can be switched while the JVM runs.
	 * @return what is switched
	 */
	public Switches switches() {
		return this.switches;
	}

	/**
	 * Returns the status of the detectors.
	 * @return their status
	 */
	public synchronized List<DetectorStatus> detectors() {
		if (this.started) {
			this.ledgerThread.start();
		}
		return this.detection.status(this.ledgerThread.failure());
	}

	/**
	 * Shows in the status what does not work beside the detectors.
	 * @param part what it is; has one problem at a time
	 * @param problem what is wrong, or {@code null} if nothing is any more
	 */
	public void problem(Object part, @Nullable String problem) {
		this.detection.problems().set(part, problem);
	}

	/**
	 * Returns the rules with their hooks.
	 * @return the catalog
	 */
	public synchronized Catalog catalog() {
		return this.detection.calls().catalog();
	}

	/**
	 * Returns whether BlockHound works with a flag of the JVM instead of without.
	 * @return whether the flag is needed
	 */
	public synchronized boolean needsJvmFlag() {
		return this.detection.calls().needsJvmFlag();
	}

	/**
	 * Returns how many hooks of a rule are live.
	 * @param rule identifier of the rule
	 * @return the number of hooks
	 */
	public synchronized int liveHooks(String rule) {
		return this.detection.calls().liveHooks(rule);
	}

	/**
	 * Returns the hooks of a rule that are missing, with the reason.
	 * @param rule identifier of the rule
	 * @return method and reason
	 */
	public synchronized Map<String, String> missingHooks(String rule) {
		return this.detection.calls().missingHooks(rule);
	}

	/**
	 * Returns the status of all allowances: those in force, and those that cannot work.
	 * @return their status
	 */
	public List<AllowanceStatus> allowances() {
		return this.allowances.status(policy(), this.ledger, this.detection);
	}

	/**
	 * Returns the policy in force.
	 * @return the policy of the youngest application context that is attached
	 */
	public synchronized Policy policy() {
		return this.detection.policy();
	}

	/**
	 * Replaces the listener that is notified of every single occurrence.
	 * @param listener the listener, or {@code null} for none
	 */
	public synchronized void occurrenceListener(@Nullable OccurrenceListener listener) {
		this.detection.listener(listener);
	}

	/**
	 * Returns what service providers added to what Loopguard ships.
	 * @return the extensions
	 */
	public synchronized Extensions extensions() {
		return this.extensions.provided();
	}

	/**
	 * Returns how often an occurrence could not be recorded.
	 * @return the number since the start
	 */
	public synchronized long failures() {
		return this.detection.failures();
	}

	/**
	 * Returns how often a call was given up because its return was not seen.
	 * @return the number since the start
	 */
	public synchronized long healed() {
		return this.detection.healed();
	}

	/**
	 * Replaces the source of the request that an event loop works on.
	 * @param requestSource the source
	 */
	public synchronized void requestSource(RequestSource requestSource) {
		this.detection.requestSource(requestSource);
	}

	/**
	 * Lets only Loopguard's hooks report where somebody installs BlockHound himself.
	 */
	public synchronized void ignoreBlockHoundCallback() {
		this.detection.calls().onlyHooks();
	}

	/**
	 * Returns the detector with the hooks that service providers bring.
	 */
	synchronized BlockHoundDetector extendedDetector() {
		BlockHoundDetector detector = this.detection.calls().blockHound();
		detector.add(this.extensions.add(Extensions.NONE));
		return detector;
	}

	private synchronized void configure() {
		this.settings.apply(this.contexts, this.started);
	}

}
