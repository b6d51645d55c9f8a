package io.github.loopguard.detect;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.detect.annotation.AnnotatedHooks;
import io.github.loopguard.detect.stack.OwnClasses;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Finding;
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

	private final LongAdder failures = new LongAdder();

	private final LongAdder healed = new LongAdder();

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
		this.annotatedCalls = new AnnotatedCalls(this.annotated, this.paths, ledger, this.failures);
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
	 * @param requestSource returns the request a thread works on; where it fails, because
	 * it asks code of others, the request is unknown
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

	/**
	 * Called when a hooked method is entered on an event loop.
	 * @param id index of the hook in the catalog
	 * @return the call to prevent, or {@code null} if it goes on
	 */
	public @Nullable PreventedCall enter(int id) {
		LoopThread thread = LoopThread.current();
		if (thread.isInOwnCode()) {
			if (!this.annotated.contain(id) && this.hooks.get(id).kind() == Kind.LEAF) {
				thread.ownCodeBlocks();
			}
			return null;
		}
		if (thread.probed != null) {
			thread.probed.set(id);
			return null;
		}
		if (this.annotated.contain(id)) {
			return this.annotatedCalls.enter(thread, id, this.version, this.listener, this.requestSource);
		}
		long now = System.nanoTime();
		if (thread.isStuck(now)) {
			this.healed.increment();
			end(thread, LoopThread.UNSEEN);
			thread.hooks.clear();
		}
		thread.entering(now);
		Hook hook = this.hooks.get(id);
		thread.hooks.enter(id, hook.kind() == Kind.ENCLOSING);
		if (hook.kind() != Kind.LEAF || thread.occurrence.isOpen()) {
			return null;
		}
		PreventedCall prevented = begin(thread, hook, id, null, now);
		if (prevented != null) {
			exit(id);
		}
		return prevented;
	}

	/**
	 * Called when a hooked method returns or throws on an event loop.
	 * @param id index of the hook in the catalog
	 */
	public void exit(int id) {
		LoopThread thread = LoopThread.current();
		if (thread.isInOwnCode()) {
			return;
		}
		if (this.annotated.contain(id)) {
			this.annotatedCalls.exit(thread, id, this.version, this.listener, this.requestSource);
		}
		else if (thread.hooks.leave(id)) {
			end(thread, System.nanoTime() - thread.since());
		}
	}

	/**
	 * Called when a method blocks an event loop that another integration marked.
	 * @param hook the method
	 * @return the call to prevent, or {@code null} if it goes on
	 */
	public @Nullable PreventedCall marked(Hook hook) {
		LoopThread thread = LoopThread.current();
		if (thread.isInOwnCode() || thread.probed != null || thread.occurrence.isOpen()) {
			return null;
		}
		boolean alone = thread.hooks.isIdle();
		PreventedCall prevented = begin(thread, hook, this.hooks.size(), null, System.nanoTime());
		if (alone) {
			end(thread, LoopThread.UNSEEN);
		}
		return prevented;
	}

	/**
	 * Called when a class is defined that was loaded from somewhere. Part of the call of
	 * another rule around it; a cold start where it happens once.
	 * @param className internal name of the class
	 * @param loader the loader that defines it
	 */
	public void classDefined(String className, ClassLoader loader) {
		LoopThread thread = LoopThread.currentIfLoop();
		if (thread == null || thread.isInOwnCode() || thread.probed != null || thread.occurrence.isOpen()
				|| OwnClasses.isOwn(className.replace('/', '.'))) {
			return;
		}
		boolean alone = thread.hooks.isIdle();
		if (!thread.startsCold(className, loader, this.ledger)) {
			begin(thread, this.definition, this.hooks.size() + 1, alone ? className : null, System.nanoTime());
			if (alone) {
				end(thread, LoopThread.UNSEEN);
			}
		}
	}

	/**
	 * Records an occurrence that is over. May be called on any thread.
	 * @param finding what was found
	 * @param held how long it held the event loop
	 */
	public void record(Finding finding, Duration held) {
		this.outside.begun(finding).end(held.toNanos());
	}

	/**
	 * Returns what detectors use that look at event loops from outside.
	 * @return attributes stacks of other threads and records what holds these
	 */
	public OutsideCalls outside() {
		return this.outside;
	}

	/**
	 * Returns what is wrong with what is recorded.
	 * @return a sentence, or {@code null} if nothing is
	 */
	public @Nullable String problem() {
		return this.requestSource.problem();
	}

	/**
	 * Tells violations whose call has lasted too long to wait for its end. Called by the
	 * ledger's thread.
	 */
	public void tellLastingCalls() {
		LoopThread.tellLastingCalls(this.ledger.settings().patience().toNanos());
	}

	/**
	 * Returns how often recording failed by an error of its own.
	 * @return the number since the start
	 */
	public long failures() {
		return this.failures.sum();
	}

	/**
	 * Returns how often a call was given up whose return was never seen.
	 * @return the number since the start
	 */
	public long healed() {
		return this.healed.sum();
	}

	/**
	 * Runs all code of a first occurrence once, so that no event loop has to load its
	 * classes. Records nothing.
	 */
	public void warmUp() {
		new RecorderWarmup(this.catalog, this.requestSource).run();
	}

	private void end(LoopThread thread, long nanos) {
		if (!thread.end(nanos)) {
			this.failures.increment();
		}
	}

	/**
	 * Begins an occurrence, whose time does not include the time this takes.
	 * @param loaded the class that was defined outside of any other call, or {@code null}
	 */
	private @Nullable PreventedCall begin(LoopThread thread, Hook leaf, int id, @Nullable String loaded, long now) {
		thread.enterOwnCode();
		try {
			PolicyVersion version = this.version;
			OccurrenceListener listener = this.listener;
			Occurrence occurrence = thread.occurrence;
			CallPath opener = (loaded != null) ? null : occurrence.opener();
			boolean sparing = listener == null && loaded == null;
			CallPath path = this.walks.path(thread, version, leaf, id, opener, sparing, this.requestSource, now);
			thread.annotated.blocked(path.decision());
			if (loaded != null && !thread.classLoading.add(path, loaded, now)) {
				return null;
			}
			occurrence.begin(path, opener, listener, this.requestSource);
			return occurrence.isToFail() ? occurrence.fail(version.attribution()) : null;
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			this.failures.increment();
			return null;
		}
		finally {
			thread.exclude(System.nanoTime() - now);
			thread.leaveOwnCode();
		}
	}

}
