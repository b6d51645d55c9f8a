package io.github.loopguard.detect;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.detect.annotation.AnnotatedHooks;
import io.github.loopguard.detect.stack.OwnClasses;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * Turns what detectors report into occurrences: attributes the stack, decides, begins the
 * occurrence, ends it. Runs on the event loop that is blocked, so it never blocks, logs,
 * or throws by accident.
 *
 * @since 0.1
 */
public final class OccurrenceRecorder {

	private final Hook definition = Hook.classDefinition();

	private final Catalog catalog;

	private final List<Hook> hooks;

	private final Ledger ledger;

	private final PathFinder paths;

	private final StackWalks walks;

	private final AnnotatedHooks annotated;

	private final AnnotatedCalls annotatedCalls;

	private final RecordingFailures failures;

	private final OutsideCalls outside;

	private final CurrentRequest requestSource = new CurrentRequest();

	private volatile @Nullable OccurrenceListener listener;

	private volatile PolicyVersion version;

	/**
	 * Creates a recorder.
	 * @param catalog rules and hooks; hooks are named by their index in it
	 * @param ledger where occurrences are counted
	 * @param applicationPackages packages of the application, as far as they are known
	 * @param policy what is done about occurrences
	 */
	public OccurrenceRecorder(Catalog catalog, Ledger ledger, ApplicationPackages applicationPackages, Policy policy) {
		this.catalog = catalog;
		this.hooks = catalog.hooks();
		this.ledger = ledger;
		this.paths = new PathFinder(ledger, () -> this.version);
		this.walks = new StackWalks(catalog, ledger, this.paths);
		this.annotated = new AnnotatedHooks(this.hooks.size() + 2);
		this.failures = new RecordingFailures(
				(id) -> this.annotated.contain(id) ? this.annotated.get(id) : this.hooks.get(id));
		this.annotatedCalls = new AnnotatedCalls(this.annotated, this.paths, this.walks, ledger);
		this.version = PolicyVersion.of(catalog, applicationPackages, policy);
		this.outside = new OutsideCalls(catalog, this.paths, () -> this.version, () -> this.listener);
	}

	/**
	 * Replaces the application's packages and the policy, also for what was found before.
	 * @param applicationPackages packages of the application
	 * @param policy what is done about occurrences
	 */
	public void configure(ApplicationPackages applicationPackages, Policy policy) {
		PolicyVersion next = PolicyVersion.of(this.catalog, applicationPackages, policy);
		this.version = next;
		this.ledger.revise(next.attribution()::revise, policy::decide);
	}

	/**
	 * Returns the hooks of annotated methods, which are found as classes are defined.
	 * @return hooks whose calls this records, too
	 */
	public AnnotatedHooks annotated() {
		return this.annotated;
	}

	/**
	 * Replaces the source of requests.
	 * @param requestSource returns the request a thread works on, or fails: it is unknown
	 */
	public void requestSource(RequestSource requestSource) {
		this.requestSource.source(requestSource);
	}

	/**
	 * Replaces the listener.
	 * @param listener is notified of every occurrence, or {@code null} for none
	 */
	public void listener(@Nullable OccurrenceListener listener) {
		this.listener = listener;
	}

	/** Prepares for hooks, before the first one fires. */
	public void prepare() {
		this.walks.roles();
	}

	/**
	 * Called when a hooked method is entered on an event loop.
	 * @param id index of the hook in the catalog
	 * @return the call to prevent, or {@code null} if it goes on
	 */
	public @Nullable PreventedCall enter(int id) {
		LoopThread thread = LoopThreads.current();
		if (thread.busy) {
			thread.ownCode(!this.annotated.contain(id) && this.hooks.get(id).kind() == Kind.LEAF);
			return null;
		}
		try {
			return enter(thread, id, System.nanoTime());
		}
		catch (Throwable ex) {
			thread.busy = false;
			thread.suspect = true;
			this.failures.add(thread, ex);
			return null;
		}
	}

	private @Nullable PreventedCall enter(LoopThread thread, int id, long now) {
		if (thread.isProbed(id)) {
			return null;
		}
		this.failures.check(thread, now);
		thread.entering(now);
		if (this.annotated.contain(id)) {
			return this.annotatedCalls.enter(thread, id, this.version, this.listener, this.requestSource, now);
		}
		Hook hook = this.hooks.get(id);
		if (hook.kind() == Kind.BEGINNING) {
			thread.occurrence.endUse();
			return null;
		}
		thread.hooks.enter(id, hook.kind() == Kind.ENCLOSING);
		Occurrence occurrence = (hook.kind() == Kind.LEAF) ? this.walks.begin(thread, this.version, id, now) : null;
		if (occurrence == null) {
			return null;
		}
		PreventedCall prevented = begin(thread, occurrence, hook, id, null, now);
		if (prevented != null) {
			exit(id);
		}
		return prevented;
	}

	/**
	 * Called when a hooked method returns or throws on an event loop.
	 * @param id index of the hook
	 */
	public void exit(int id) {
		LoopThread thread = LoopThreads.known();
		if (thread == null || thread.busy) {
			return;
		}
		try {
			if (this.annotated.contain(id)) {
				this.annotatedCalls.exit(thread, id, this.listener, this.requestSource);
			}
			else if (thread.hooks.leave(id) && thread.left()) {
				this.failures.recovered();
			}
		}
		catch (Throwable ex) {
			thread.busy = false;
			thread.suspect = true;
			this.failures.add(thread, ex);
		}
	}

	/**
	 * Called when a method that another integration marked blocks an event loop.
	 * @param hook the method
	 * @return the call to prevent, or {@code null}
	 */
	public @Nullable PreventedCall marked(Hook hook) {
		LoopThread thread = LoopThreads.current();
		return thread.isDeaf() ? null : alone(thread, hook, this.hooks.size(), null, null);
	}

	/**
	 * Called when a class is defined that was loaded. Part of the call of another rule
	 * around it; a cold start where it happens once.
	 * @param className internal name of the class
	 * @param loader the loader that defines it
	 */
	public void classDefined(String className, ClassLoader loader) {
		LoopThread thread = LoopThreads.currentIfLoop();
		if (thread != null && !thread.isDeaf() && !OwnClasses.isOwn(className.replace('/', '.'))) {
			alone(thread, this.definition, this.hooks.size() + 1, className, loader);
		}
	}

	/**
	 * Returns what detectors use that look at event loops from outside.
	 * @return attributes stacks of other threads and records what holds these
	 */
	public OutsideCalls outside() {
		return this.outside;
	}

	/**
	 * Returns what is wrong with what is recorded, or {@code null} if nothing is.
	 * @return a sentence
	 */
	public @Nullable String problem() {
		return this.failures.problem(this.requestSource.problem());
	}

	/**
	 * Tells calls that last too long to wait for. Called by the ledger's thread.
	 */
	public void tellLastingCalls() {
		LoopThreads.tellLastingCalls(this.ledger.settings().patience().toNanos(), this.paths);
	}

	/**
	 * Returns how often recording failed by an error of its own.
	 * @return the number since the start
	 */
	public long failures() {
		return this.failures.count();
	}

	/**
	 * Returns how often a call was given up because its return was not seen.
	 * @return the number since the start
	 */
	public long healed() {
		return this.failures.healed();
	}

	/**
	 * Runs all code of a first occurrence once, to load its classes. Records nothing.
	 */
	public void warmUp() {
		new RecorderWarmup(this.catalog, this.requestSource).run();
	}

	/** Records a call whose return is not seen, unless it is part of another one. */
	private @Nullable PreventedCall alone(LoopThread thread, Hook hook, int id, @Nullable String loaded,
			@Nullable ClassLoader loader) {
		try {
			long now = System.nanoTime();
			this.failures.check(thread, now);
			Occurrence occurrence = this.walks.begin(thread, this.version, id, now);
			if (occurrence == null || thread.startsCold(loaded, loader, this.ledger)) {
				return null;
			}
			PreventedCall prevented = begin(thread, occurrence, hook, id, loaded, now);
			if (thread.hooks.isIdle() && thread.giveUp()) {
				this.failures.recovered();
			}
			return prevented;
		}
		catch (Throwable ex) {
			thread.busy = false;
			thread.suspect = true;
			this.failures.add(thread, ex);
			return null;
		}
	}

	private @Nullable PreventedCall begin(LoopThread thread, Occurrence occurrence, Hook leaf, int id,
			@Nullable String loaded, long now) {
		thread.enterOwnCode();
		try {
			PolicyVersion version = this.version;
			OccurrenceListener listener = this.listener;
			CallPath opener = (loaded != null && thread.hooks.isIdle()) ? null : occurrence.opener();
			CallPath path = this.walks.path(thread, version, leaf, id, occurrence == thread.enclosing, opener,
					listener == null && loaded == null, this.requestSource, now);
			thread.annotated.blocked(path.decision());
			if (loaded != null && thread.hooks.isIdle() && !thread.classLoading.add(path, loaded, now)) {
				return null;
			}
			occurrence.begin(path, opener, listener, this.requestSource);
			return occurrence.isToFail() ? occurrence.fail(version.attribution(), this.walks.mayRunOthers(thread))
					: null;
		}
		finally {
			thread.exclude(System.nanoTime() - now);
			thread.leaveOwnCode();
		}
	}

}
