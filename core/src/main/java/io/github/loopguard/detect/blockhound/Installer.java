package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.installation.Integrations;
import io.github.loopguard.detect.installation.InstallationListener;
import io.github.loopguard.detect.installation.InstallationWatch;
import io.github.loopguard.detect.installation.RuntimeClass;

/**
 * Installs BlockHound, or joins the installation of somebody else.
 */
final class Installer implements InstallationListener {

	private static final String INTEGRATION = "io.github.loopguard.runtime.LoopguardIntegration";

	private static final String SAFE = "reactor.blockhound.shaded.net.bytebuddy.safe";

	private static final int TIMEOUT_SECONDS = 30;

	private final Supplier<Catalog> catalog;

	private final Function<Catalog, OccurrenceRecorder> recorders;

	private final Runnable joined;

	private @Nullable InstallationPreparer preparer;

	private @Nullable PreparedInstallation installation;

	private @Nullable DetectorUnavailableException unavailable;

	private boolean installing;

	private boolean ofUser;

	/** Somebody else's thread that installs BlockHound at this moment. */
	private @Nullable Thread user;

	/** Until when its end is waited for, in nanoseconds. */
	private long deadline;

	private boolean onlyHooks;

	private Map<String, String> sources = Map.of();

	private List<String> broken = List.of();

	private @Nullable String problem;

	/**
	 * Creates an installer without touching BlockHound.
	 * @param catalog returns the catalog when BlockHound is prepared
	 * @param recorders creates the recorder for a catalog; called once
	 * @param joined called when somebody else has installed BlockHound, with Loopguard in
	 * it
	 */
	Installer(Supplier<Catalog> catalog, Function<Catalog, OccurrenceRecorder> recorders, Runnable joined) {
		this.catalog = catalog;
		this.recorders = recorders;
		this.joined = joined;
	}

	/**
	 * Returns what was prepared, or {@code null} before.
	 */
	synchronized @Nullable PreparedInstallation installation() {
		return this.installation;
	}

	/**
	 * Returns the source of each allowance, by class and method.
	 */
	synchronized Map<String, String> sources() {
		return this.sources;
	}

	/**
	 * Returns one description for each integration that could not be loaded or applied.
	 */
	synchronized List<String> broken() {
		return this.broken;
	}

	/**
	 * Returns why an installation of somebody else could not be joined, or {@code null}
	 * if none failed.
	 */
	synchronized @Nullable String problem() {
		return this.problem;
	}

	/**
	 * Joins an installation of BlockHound by somebody else, as soon as it begins.
	 * @throws DetectorUnavailableException if that is impossible; the builder is as it
	 * was
	 */
	synchronized void join(BlockHound.Builder builder) {
		if (this.preparer != null || this.installing || this.unavailable != null) {
			return;
		}
		try {
			if (!watch(builder)) {
				throw new DetectorUnavailableException(
						"this BlockHound does not tell when it is installed; do not call "
								+ "BlockHound.install(), because Loopguard installs BlockHound itself");
			}
		}
		catch (DetectorUnavailableException ex) {
			this.unavailable = ex;
			throw ex;
		}
	}

	/**
	 * Waits while somebody else installs BlockHound on another thread, as
	 * {@link #install} does, but without any lock of the caller's. What is wrong shows
	 * there.
	 */
	synchronized void awaitOthers() {
		try {
			awaitUser();
		}
		catch (DetectorUnavailableException ex) {
			// Thrown again by install().
		}
	}

	/**
	 * Installs BlockHound, unless somebody else's installation was joined. Waits for one
	 * that has begun on another thread.
	 * @return what was prepared
	 * @throws DetectorUnavailableException if that is impossible
	 */
	synchronized PreparedInstallation install() {
		awaitUser();
		if (this.unavailable != null) {
			throw this.unavailable;
		}
		if (this.installation == null) {
			installBlockHound();
		}
		if (!RuntimeClass.isPresent()) {
			throw new DetectorUnavailableException("BlockHound reported success, but its runtime is not there");
		}
		PreparedInstallation prepared = Objects.requireNonNull(this.installation);
		if (!RuntimeClass.asks(prepared.threads())) {
			throw new DetectorUnavailableException("the installation of BlockHound that Loopguard joined has failed, "
					+ "or an agent or a class loader that does not see Loopguard has installed BlockHound; remove "
					+ "-javaagent:blockhound.jar and calls of BlockHound.install(), because Loopguard installs "
					+ "BlockHound itself");
		}
		return prepared;
	}

	@Override
	public synchronized void begins(BlockHound.Builder builder, Consumer<BlockingMethod> callback) {
		if (this.installing) {
			return;
		}
		awaitUser();
		if (this.ofUser || (this.installation == null && RuntimeClass.isPresent())) {
			return;
		}
		this.ofUser = true;
		this.user = Thread.currentThread();
		this.deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
		if (this.installation == null) {
			System.setProperty(SAFE, "true");
			this.installation = preparer().prepare(builder, this.onlyHooks ? null : callback);
		}
		else if (!this.onlyHooks) {
			InstallationPreparer.add(builder, callback, this.installation);
			this.installation.loadedClasses().weaveAgain();
		}
	}

	@Override
	public void ended() {
		synchronized (this) {
			if (this.installing) {
				return;
			}
			if (this.user == Thread.currentThread()) {
				this.user = null;
				notifyAll();
			}
		}
		this.joined.run();
	}

	@Override
	public synchronized void failed(Throwable reason) {
		if (this.problem == null) {
			this.problem = "an installation of BlockHound could not be joined (" + reason + ")";
		}
		if (this.installation == null && this.unavailable == null) {
			this.unavailable = new DetectorUnavailableException(this.problem, null, reason);
		}
	}

	/**
	 * Ignores the marks and the callback of somebody else who installs BlockHound.
	 */
	synchronized void onlyHooks() {
		this.onlyHooks = true;
		if (this.installation != null) {
			this.installation.callback().onlyHooks();
		}
	}

	private void installBlockHound() {
		if (RuntimeClass.isPresent()) {
			throw new DetectorUnavailableException("BlockHound was installed before Loopguard could join it, by an "
					+ "agent or a class loader that does not see Loopguard; remove -javaagent:blockhound.jar and "
					+ "calls of BlockHound.install(), because Loopguard installs BlockHound itself");
		}
		TemporaryDirectory.check();
		System.setProperty(SAFE, "true");
		this.installing = true;
		try {
			Integrations integrations = Integrations
				.load((integration) -> !integration.getClass().getName().equals(INTEGRATION));
			BlockHound.Builder builder = BlockHound.builder();
			if (this.preparer == null) {
				watch(builder);
			}
			integrations.applyTo(builder);
			this.sources = integrations.sources();
			this.broken = integrations.broken();
			this.installation = preparer().prepare(builder, null);
			builder.install();
		}
		finally {
			this.installing = false;
		}
	}

	/**
	 * Waits while somebody else installs BlockHound on another thread.
	 */
	private void awaitUser() {
		while (this.user != null && this.user != Thread.currentThread()) {
			long millis = TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime());
			if (millis <= 0) {
				throw new DetectorUnavailableException("BlockHound.install() does not end in " + this.user);
			}
			try {
				wait(millis);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new DetectorUnavailableException("interrupted during BlockHound.install() in " + this.user);
			}
		}
	}

	private boolean watch(BlockHound.Builder builder) {
		ByteBuddy.check();
		InstallationPreparer.check(builder);
		Instrumentation instrumentation = attach();
		this.preparer = new InstallationPreparer(this.catalog, this.recorders, instrumentation);
		return InstallationWatch.start(instrumentation, this);
	}

	private InstallationPreparer preparer() {
		return Objects.requireNonNull(this.preparer);
	}

	private static Instrumentation attach() {
		try {
			return ByteBuddyAgent.install();
		}
		catch (IllegalStateException | LinkageError ex) {
			throw new DetectorUnavailableException("this JVM does not let an agent attach (" + ex.getMessage()
					+ "); run on a JDK with the module jdk.attach, without -XX:+DisableAttachMechanism, or start with "
					+ "-javaagent:byte-buddy-agent.jar",
					new DetectorStatus.JvmOption("-javaagent:byte-buddy-agent.jar"), ex);
		}
	}

}
