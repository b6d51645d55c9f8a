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
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OccurrenceRecorder;

/**
 * Installs BlockHound once in this JVM, or joins an installation of somebody else's, and
 * knows how it fares.
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

	private Catalog known;

	private final Function<Catalog, OccurrenceRecorder> recorders;

	private @Nullable PreparedInstallation preparation;

	private DetectorStatus status = new DetectorStatus(NAME, State.OFF, "not installed");

	private boolean armed;

	private boolean active;

	private Map<String, String> sources = Map.of();

	private final List<String> problems = new ArrayList<>();

	/**
	 * Creates the detector without touching BlockHound.
	 * @param shipped our catalog
	 * @param recorders makes the recorder for a catalog, once
	 */
	public BlockHoundDetector(Catalog shipped, Function<Catalog, OccurrenceRecorder> recorders) {
		this.known = shipped;
		this.recorders = recorders;
	}

	/**
	 * Adds hooks to those of the catalog. They are fixed when BlockHound is installed.
	 * @param hooks more hooks
	 * @return those of them that come too late
	 */
	public synchronized List<Hook> add(List<Hook> hooks) {
		Set<Hook> present = Set.copyOf(catalog().hooks());
		List<Hook> missing = hooks.stream().distinct().filter((hook) -> !present.contains(hook)).toList();
		if (this.preparation != null) {
			return missing;
		}
		missing.forEach((hook) -> this.known = this.known.with(hook.rule(), List.of(hook)));
		return List.of();
	}

	/**
	 * Returns what BlockHound and the integrations of others allow; it is not counted.
	 * @return the allowances
	 */
	public synchronized List<Allowance> allowances() {
		return (this.preparation != null) ? ForeignAllowances.of(this.preparation.allowances(), this.sources)
				: List.of();
	}

	/**
	 * Returns what hears of code that says it may block. What it runs is linked here, so
	 * that no event loop has to.
	 * @return takes what the code says, or {@code null} while BlockHound is not there
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
	 * Prepares BlockHound's builder, for our own installation or somebody else's.
	 * @param builder the builder, to which all other integrations have been applied
	 */
	public synchronized void prepare(BlockHound.Builder builder) {
		if (this.preparation == null) {
			this.preparation = PreparedInstallation.of(builder, this.known, this.recorders);
		}
	}

	/**
	 * Installs BlockHound unless it is there already, weaves the hooks and tests them.
	 * Never throws: what is wrong shows in the status.
	 * @param applicationPackages packages whose classes are looked at again where they
	 * were loaded before
	 * @return the status afterwards
	 */
	public synchronized DetectorStatus install(ApplicationPackages applicationPackages) {
		if (this.armed) {
			return status();
		}
		try {
			if (this.preparation == null) {
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
	 * Returns how the detector fares.
	 * @return its status
	 */
	public synchronized DetectorStatus status() {
		PreparedInstallation preparation = this.preparation;
		return (this.active && preparation != null) ? activeStatus(preparation) : this.status;
	}

	/**
	 * Tells whether the detector works with a flag of the JVM instead of without.
	 * @return whether the flag is needed
	 */
	public synchronized boolean needsJvmFlag() {
		return this.preparation != null && !this.preparation.flagFree();
	}

	/**
	 * Returns the rules with the hooks in force, those that others marked included.
	 * @return the catalog
	 */
	public synchronized Catalog catalog() {
		return (this.preparation != null) ? this.preparation.catalog() : this.known;
	}

	/**
	 * Returns the hooks of a rule that are live.
	 * @param rule identifier of the rule
	 * @return how many hooks of the rule were woven
	 */
	public synchronized int liveHooks(String rule) {
		PreparedInstallation preparation = this.preparation;
		if (preparation == null || !this.armed) {
			return 0;
		}
		return preparation.liveHooks(rule);
	}

	/**
	 * Returns the hooks of a rule that this JDK should have and has not, with the reason.
	 * @param rule identifier of the rule
	 * @return method and reason
	 */
	public synchronized Map<String, String> missingHooks(String rule) {
		PreparedInstallation preparation = this.preparation;
		if (preparation == null || !this.armed) {
			return Map.of();
		}
		return preparation.missingHooks(rule);
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
		PreparedInstallation preparation = this.preparation;
		if (preparation == null || !isRuntimePresent()) {
			throw new DetectorUnavailableException("BlockHound reported success, but its runtime is not there");
		}
		preparation.reclaim().run();
		preparation.weaver().arm();
		this.armed = true;
		preparation.loadedClasses().transform(applicationPackages);
		new SelfTest(preparation.catalog().hooks(), preparation.recorder()).run().ifPresent(this.problems::add);
		if (!preparation.flagFree()) {
			this.problems.add("marks of other integrations could not be taken over and may count twice");
		}
		preparation.ignoredMarks()
			.forEach((mark) -> this.problems.add("the mark on " + mark + " came after the integrations and is not in "
					+ "force; set it in a BlockHoundIntegration"));
		preparation.plan()
			.missing()
			.forEach((hook, reason) -> this.problems.add("no hook for " + hook + " (" + reason + ")"));
		this.active = true;
	}

	/**
	 * Tells how an installation fares that has succeeded. Classes come in at any time, so
	 * this can get worse.
	 */
	private DetectorStatus activeStatus(PreparedInstallation preparation) {
		List<String> problems = new ArrayList<>(this.problems);
		problems.addAll(preparation.weaver().refusals().problems());
		return problems.isEmpty() ? new DetectorStatus(NAME, State.ACTIVE, null)
				: new DetectorStatus(NAME, State.DEGRADED, String.join("; ", problems));
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
