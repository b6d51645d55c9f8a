package io.github.loopguard.detect.blockhound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Blocking;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.KnownAllowances;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.installation.RuntimeClass;

/**
 * Detects blocking calls with BlockHound. Installs it once in this JVM, or joins an
 * existing installation, and reports its status.
 *
 * @since 0.1
 */
public final class BlockHoundDetector {

	/**
	 * Name of this detector.
	 */
	public static final String NAME = "blockhound";

	private static final String MUTED = "muted while the application runs, see 'switches'";

	private final Installer installer;

	private Catalog ownCatalog;

	private DetectorStatus status = new DetectorStatus(NAME, State.OFF, "not installed");

	private boolean armed;

	private boolean active;

	private final List<String> problems = new ArrayList<>();

	private final AtomicReference<@Nullable SelfTest> delayedTest = new AtomicReference<>();

	/**
	 * Creates the detector without touching BlockHound.
	 * @param shipped catalog of Loopguard
	 * @param recorders creates the recorder for a catalog; called once
	 * @param joined called when somebody else has installed BlockHound, with Loopguard in
	 * it
	 */
	public BlockHoundDetector(Catalog shipped, Function<Catalog, OccurrenceRecorder> recorders, Runnable joined) {
		this.ownCatalog = shipped;
		this.installer = new Installer(() -> this.ownCatalog, recorders, joined);
	}

	/**
	 * Adds hooks to those of the catalog. Has no effect once BlockHound is prepared.
	 * @param hooks hooks to add; those that are present already are skipped
	 * @return the hooks that were added too late, empty if there are none
	 */
	public synchronized List<Hook> add(List<Hook> hooks) {
		Set<Hook> present = Set.copyOf(catalog().hooks());
		List<Hook> missing = hooks.stream().distinct().filter((hook) -> !present.contains(hook)).toList();
		if (this.installer.installation() != null) {
			return missing;
		}
		missing.forEach((hook) -> this.ownCatalog = this.ownCatalog.with(hook.rule(), List.of(hook)));
		return List.of();
	}

	/**
	 * Returns the allowances of BlockHound and of other integrations. Calls that they
	 * allow are not counted.
	 * @return the allowances, in the order of their methods
	 */
	public List<Allowance> allowances() {
		PreparedInstallation installation = this.installer.installation();
		Map<String, String> sources = this.installer.sources();
		return (installation == null) ? List.of()
				: installation.weaver()
					.allowedMethods()
					.stream()
					.map((method) -> KnownAllowances.describe(method, sources.get(method)))
					.toList();
	}

	/**
	 * Returns the receiver of {@link Blocking#mayBlock}. It has run once, so that no
	 * event loop has to link it.
	 * @return takes the name of an operation, or {@code null} while BlockHound is not
	 * installed
	 */
	public @Nullable Consumer<String> declarations() {
		try {
			Consumer<String> receiver = Declarations.receiver(RuntimeClass.type());
			receiver.accept("nothing");
			return receiver;
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	/**
	 * Joins an installation of BlockHound by somebody else. Where that is impossible,
	 * BlockHound works as it does without Loopguard, and the status says why.
	 * @param builder the builder that is about to be installed
	 * @return whether it can be joined
	 */
	public synchronized boolean join(BlockHound.Builder builder) {
		try {
			this.installer.join(builder);
			return true;
		}
		catch (DetectorUnavailableException ex) {
			this.status = ex.status(NAME);
			return false;
		}
	}

	/**
	 * Ignores the marks and the callback of somebody else who installs BlockHound.
	 */
	public void onlyHooks() {
		this.installer.onlyHooks();
	}

	/**
	 * Ignores what hooks find from now on, or no longer. They stay woven, because weaving
	 * stops all threads.
	 * @param muted whether it is ignored
	 */
	public void mute(boolean muted) {
		PreparedInstallation installation = this.installer.installation();
		if (installation != null) {
			installation.callback().mute(muted);
		}
	}

	/**
	 * Waits while somebody else installs BlockHound on another thread, for a limited
	 * time. To be called without a lock, before {@link #install}.
	 */
	public void awaitOthers() {
		this.installer.awaitOthers();
	}

	/**
	 * Installs BlockHound unless it is installed already, weaves the hooks and tests
	 * them. Throws nothing: failures are reported by the status.
	 * @param applicationPackages packages whose classes are woven even if they were
	 * loaded before
	 * @return the status after the installation
	 */
	public synchronized DetectorStatus install(ApplicationPackages applicationPackages) {
		if (this.armed) {
			return status();
		}
		try {
			PreparedInstallation installation = this.installer.install();
			this.problems.addAll(this.installer.broken().stream().map((it) -> "broken integration " + it).toList());
			activate(installation, applicationPackages);
		}
		catch (DetectorUnavailableException ex) {
			this.status = ex.status(NAME);
		}
		catch (RuntimeException | LinkageError ex) {
			this.status = new DetectorStatus(NAME, State.UNAVAILABLE,
					"BlockHound could not be installed: " + rootCause(ex));
		}
		return status();
	}

	/**
	 * Weaves annotated methods of classes that were loaded before, or before an interface
	 * that annotates them, and tests hooks that could not be tested at once. To be called
	 * again and again by a thread of its own, because it asks class loaders of others.
	 */
	public void weaveAnnotated() {
		runDelayedTest();
		PreparedInstallation installation = this.installer.installation();
		if (installation != null) {
			installation.loadedClasses().weaveAnnotated();
		}
	}

	/**
	 * Returns the status. It can degrade at any time, because classes are woven as they
	 * are loaded.
	 * @return the status of this detector
	 */
	public synchronized DetectorStatus status() {
		PreparedInstallation installation = this.installer.installation();
		String problem = this.installer.problem();
		if (!this.active || installation == null) {
			return (problem == null || this.status.state() != State.OFF) ? this.status
					: new DetectorStatus(NAME, State.UNAVAILABLE, problem);
		}
		if (installation.callback().isMuted()) {
			return new DetectorStatus(NAME, State.OFF, MUTED);
		}
		List<String> all = new ArrayList<>(this.problems);
		Optional.ofNullable(problem).ifPresent(all::add);
		all.addAll(installation.hooks().problems());
		Optional.ofNullable(installation.recorder().problem()).ifPresent(all::add);
		return all.isEmpty() ? new DetectorStatus(NAME, State.ACTIVE, null)
				: new DetectorStatus(NAME, State.DEGRADED, String.join("; ", all));
	}

	/**
	 * Returns whether this version of BlockHound works only with the JVM flag.
	 * @return whether the flag is needed
	 */
	public boolean needsJvmFlag() {
		PreparedInstallation installation = this.installer.installation();
		return installation != null && installation.needsJvmFlag();
	}

	/**
	 * Returns the rules with their hooks; once BlockHound is prepared, with the marks of
	 * other integrations as hooks of {@link Catalog#MARKED_BLOCKING}.
	 * @return the catalog
	 */
	public synchronized Catalog catalog() {
		PreparedInstallation installation = this.installer.installation();
		return (installation != null) ? installation.catalog() : this.ownCatalog;
	}

	/**
	 * Returns the number of live hooks of a rule.
	 * @param rule identifier of the rule
	 * @return number of hooks, 0 before BlockHound is installed
	 */
	public synchronized int liveHooks(String rule) {
		PreparedInstallation installation = this.installer.installation();
		return (this.armed && installation != null) ? installation.hooks().live(rule) : 0;
	}

	/**
	 * Returns the hooks of a rule that this JDK should have and lacks.
	 * @param rule identifier of the rule
	 * @return reason by method, empty before BlockHound is installed
	 */
	public synchronized Map<String, String> missingHooks(String rule) {
		PreparedInstallation installation = this.installer.installation();
		return (this.armed && installation != null) ? installation.hooks().missing(rule) : Map.of();
	}

	private void activate(PreparedInstallation installation, ApplicationPackages applicationPackages) {
		HookCallback callback = installation.callback();
		RuntimeClass.callback(callback);
		boolean direct = RuntimeClass.hooks(callback, callback::exited);
		installation.weaver().arm(applicationPackages, direct ? HookCalls.DIRECT : HookCalls.CHECKED);
		this.armed = true;
		installation.loadedClasses().weave(applicationPackages);
		SelfTest test = new SelfTest(installation.catalog().hooks(), installation.recorder());
		if (SelfTest.mustWait()) {
			installation.recorder().warmUp();
			this.delayedTest.set(test);
		}
		else {
			test.run().ifPresent(this.problems::add);
		}
		if (installation.needsJvmFlag()) {
			this.problems.add("marks of other integrations could not be taken over and may count twice");
		}
		this.active = true;
	}

	private void runDelayedTest() {
		SelfTest test = this.delayedTest.getAndSet(null);
		if (test != null) {
			test.run().ifPresent(this::add);
		}
	}

	private synchronized void add(String problem) {
		this.problems.add(problem);
	}

	private static Throwable rootCause(Throwable ex) {
		Throwable cause = ex;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		return cause;
	}

}
