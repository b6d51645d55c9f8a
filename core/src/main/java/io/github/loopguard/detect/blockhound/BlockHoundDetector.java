package io.github.loopguard.detect.blockhound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

	private static final String INTEGRATION = "io.github.loopguard.runtime.LoopguardIntegration";

	private static final String RUNTIME = "reactor.blockhound.BlockHoundRuntime";

	private final Function<Catalog, OccurrenceRecorder> recorders;

	private Catalog ownCatalog;

	private @Nullable PreparedInstallation installation;

	private DetectorStatus status = new DetectorStatus(NAME, State.OFF, "not installed");

	private boolean armed;

	private boolean active;

	private Map<String, String> sources = Map.of();

	private final List<String> problems = new ArrayList<>();

	/**
	 * Creates the detector without touching BlockHound.
	 * @param shipped catalog of Loopguard
	 * @param recorders creates the recorder for a catalog; called once
	 */
	public BlockHoundDetector(Catalog shipped, Function<Catalog, OccurrenceRecorder> recorders) {
		this.ownCatalog = shipped;
		this.recorders = recorders;
	}

	/**
	 * Adds hooks to those of the catalog. Has no effect once BlockHound is prepared.
	 * @param hooks hooks to add; those that are present already are skipped
	 * @return the hooks that were added too late, empty if there are none
	 */
	public synchronized List<Hook> add(List<Hook> hooks) {
		Set<Hook> present = Set.copyOf(catalog().hooks());
		List<Hook> missing = hooks.stream().distinct().filter((hook) -> !present.contains(hook)).toList();
		if (this.installation != null) {
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
	public synchronized List<Allowance> allowances() {
		BuilderInterceptor interceptor = (this.installation != null) ? this.installation.interceptor() : null;
		return (interceptor == null) ? List.of()
				: interceptor.allowedMethods()
					.stream()
					.sorted()
					.map((method) -> KnownAllowances.describe(method, this.sources.get(method)))
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
			Consumer<String> receiver = Declarations.receiver(Class.forName(RUNTIME, false, null));
			receiver.accept("nothing");
			return receiver;
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	/**
	 * Prepares BlockHound's builder, for Loopguard's installation or a user's own. Does
	 * nothing if a builder has been prepared already.
	 * @param builder the builder, to which all other integrations have been applied
	 */
	public synchronized void prepare(BlockHound.Builder builder) {
		if (this.installation == null) {
			this.installation = new InstallationPreparer(this.ownCatalog, this.recorders).prepare(builder);
		}
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
			if (this.installation == null) {
				installBlockHound();
			}
			activate(applicationPackages);
		}
		catch (DetectorUnavailableException ex) {
			this.status = new DetectorStatus(NAME, State.UNAVAILABLE, ex.getMessage(), ex.missingOption());
		}
		catch (RuntimeException | LinkageError ex) {
			this.status = new DetectorStatus(NAME, State.UNAVAILABLE,
					"BlockHound could not be installed: " + rootCause(ex));
		}
		return status();
	}

	/**
	 * Returns the status. It can degrade at any time, because classes are woven as they
	 * are loaded.
	 * @return the status of this detector
	 */
	public synchronized DetectorStatus status() {
		if (!this.active || this.installation == null) {
			return this.status;
		}
		List<String> all = new ArrayList<>(this.problems);
		all.addAll(this.installation.hooks().problems());
		return all.isEmpty() ? new DetectorStatus(NAME, State.ACTIVE, null)
				: new DetectorStatus(NAME, State.DEGRADED, String.join("; ", all));
	}

	/**
	 * Returns whether this version of BlockHound works only with the JVM flag.
	 * @return whether the flag is needed
	 */
	public synchronized boolean needsJvmFlag() {
		return this.installation != null && this.installation.interceptor() == null;
	}

	/**
	 * Returns the rules with their hooks; once BlockHound is prepared, with the marks of
	 * other integrations as hooks of {@link Catalog#MARKED_BLOCKING}.
	 * @return the catalog
	 */
	public synchronized Catalog catalog() {
		return (this.installation != null) ? this.installation.catalog() : this.ownCatalog;
	}

	/**
	 * Returns the number of live hooks of a rule.
	 * @param rule identifier of the rule
	 * @return number of hooks, 0 before BlockHound is installed
	 */
	public synchronized int liveHooks(String rule) {
		return (this.armed && this.installation != null) ? this.installation.hooks().live(rule) : 0;
	}

	/**
	 * Returns the hooks of a rule that this JDK should have and lacks.
	 * @param rule identifier of the rule
	 * @return reason by method, empty before BlockHound is installed
	 */
	public synchronized Map<String, String> missingHooks(String rule) {
		return (this.armed && this.installation != null) ? this.installation.hooks().missing(rule) : Map.of();
	}

	private void installBlockHound() {
		if (isRuntimePresent()) {
			throw new DetectorUnavailableException("BlockHound was installed before Loopguard could join it, by an "
					+ "agent or a class loader that does not see Loopguard; remove -javaagent:blockhound.jar and "
					+ "calls of BlockHound.install(), because Loopguard installs BlockHound itself");
		}
		TemporaryDirectory.check();
		System.setProperty("reactor.blockhound.shaded.net.bytebuddy.safe", "true");
		Integrations integrations = Integrations
			.load((integration) -> !integration.getClass().getName().equals(INTEGRATION));
		BlockHound.Builder builder = BlockHound.builder();
		integrations.applyTo(builder);
		this.sources = integrations.sources();
		this.problems.addAll(integrations.broken().stream().map((it) -> "broken integration " + it).toList());
		prepare(builder);
		builder.install();
	}

	private void activate(ApplicationPackages applicationPackages) {
		PreparedInstallation installation = this.installation;
		if (installation == null || !isRuntimePresent()) {
			throw new DetectorUnavailableException("BlockHound reported success, but its runtime is not there");
		}
		installation.restoreCallback().run();
		installation.weaver().arm();
		this.armed = true;
		installation.loadedClasses().weave(applicationPackages);
		new SelfTest(installation.catalog().hooks(), installation.recorder()).run().ifPresent(this.problems::add);
		if (installation.interceptor() == null) {
			this.problems.add("marks of other integrations could not be taken over and may count twice");
		}
		else {
			installation.interceptor()
				.ignoredMarks()
				.forEach((mark) -> this.problems.add("the mark on " + mark
						+ " came after the integrations and is not in force; set it in a BlockHoundIntegration"));
		}
		this.active = true;
	}

	private static boolean isRuntimePresent() {
		try {
			Class.forName(RUNTIME, false, null);
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	private static Throwable rootCause(Throwable ex) {
		Throwable cause = ex;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		return cause;
	}

}
