package io.github.loopguard.detect;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * Turns what hooks report into occurrences: one call of a documented API on an event loop
 * in which at least one leaf hook fired. Runs on the loop that is blocked, so it never
 * blocks, logs, or throws by accident.
 *
 * @since 0.1
 */
public final class OccurrenceRecorder {

	private static final long STUCK = TimeUnit.SECONDS.toNanos(60);

	private final Hook definition = Hook.classDefinition();

	private final Catalog catalog;

	private final List<Hook> hooks;

	private final BitSet naming = new BitSet();

	private final Ledger ledger;

	private final PathCounter counter;

	private final LongAdder failures = new LongAdder();

	private final LongAdder healed = new LongAdder();

	private volatile RequestSource requestSource = () -> Request.NONE;

	private volatile Attribution attribution;

	private volatile boolean failing;

	/**
	 * Creates a recorder.
	 * @param catalog rules and hooks; hooks are named by their index in it
	 * @param ledger where occurrences are counted
	 * @param applicationPackages packages of the application, as far as they are known
	 */
	public OccurrenceRecorder(Catalog catalog, Ledger ledger, ApplicationPackages applicationPackages) {
		this.catalog = catalog;
		this.hooks = catalog.hooks();
		for (int i = 0; i < this.hooks.size(); i++) {
			this.naming.set(i, this.hooks.get(i).kind() == Kind.ENTRY && this.hooks.get(i).named());
		}
		this.ledger = ledger;
		this.counter = new PathCounter(ledger, () -> this.requestSource.current());
		this.attribution = new Attribution(catalog, ledger, applicationPackages, ledger.policy().allowances());
	}

	/**
	 * Takes new application packages and a new policy into account, also for what was
	 * found before.
	 * @param applicationPackages packages of the application
	 * @param policy what to do about occurrences
	 */
	public void configure(ApplicationPackages applicationPackages, Policy policy) {
		this.failing = this.catalog.definitions()
			.stream()
			.anyMatch((it) -> policy.actions(it.rule().id()).containsValue(Action.FAIL));
		Attribution revised = new Attribution(this.catalog, this.ledger, applicationPackages, policy.allowances());
		this.ledger.reclassify(policy, revised::revise);
		this.attribution = revised;
		// Once more for what came in while the first pass was under way.
		this.ledger.reclassify(policy, revised::revise);
	}

	/**
	 * Replaces the source of requests.
	 * @param requestSource knows the request a thread works on
	 */
	public void requestSource(RequestSource requestSource) {
		this.requestSource = requestSource;
	}

	/**
	 * Called when a hooked method is entered.
	 * @param id index of the hook in the catalog
	 * @return the call to prevent, or {@code null} to let it go on
	 */
	public @Nullable PreventedCall enter(int id) {
		LoopThread thread = LoopThread.current();
		if (thread == null || thread.busy) {
			return null;
		}
		if (thread.canaries != null) {
			thread.canaries.set(id);
			return null;
		}
		long now = System.nanoTime();
		if (thread.depth() > 0 && now - thread.entered > STUCK) {
			heal(thread);
		}
		if (thread.depth() == 0) {
			thread.entered = now;
		}
		thread.push(id);
		Hook hook = this.hooks.get(id);
		if (hook.kind() == Kind.ENTRY || thread.path != null) {
			return null;
		}
		PreventedCall prevented = begin(thread, hook, id, now);
		if (prevented != null && thread.pop(id)) {
			this.counter.ended(thread);
		}
		return prevented;
	}

	/**
	 * Called when a hooked method returns or throws.
	 * @param id index of the hook in the catalog
	 */
	public void exit(int id) {
		LoopThread thread = LoopThread.current();
		if (thread != null && !thread.busy && thread.depth() > 0 && thread.pop(id)) {
			this.counter.ended(thread);
		}
	}

	/**
	 * Called when a method blocks that another integration marked.
	 * @param hook the method, as a hook
	 * @return the call to prevent, or {@code null} to let it go on
	 */
	public @Nullable PreventedCall marked(Hook hook) {
		LoopThread thread = LoopThread.current();
		if (thread == null || thread.busy || thread.canaries != null || thread.path != null) {
			return null;
		}
		boolean alone = thread.depth() == 0;
		PreventedCall prevented = begin(thread, hook, this.hooks.size(), System.nanoTime());
		if (alone) {
			this.counter.givenUp(thread);
		}
		return prevented;
	}

	/**
	 * Called when a class is defined that was loaded from somewhere. A class brings
	 * others with it: what one call loads within a moment is one occurrence. Inside the
	 * call of another rule, loading is part of that call.
	 * @param className internal name of the class
	 */
	public void classDefined(String className) {
		LoopThread thread = LoopThread.current();
		if (thread == null || thread.busy || thread.canaries != null || thread.path != null || isOurs(className)) {
			return;
		}
		long now = System.nanoTime();
		if (thread.depth() == 0) {
			load(thread, className, now);
		}
		else if (this.hooks.get(thread.outermost()).rule().equals(this.definition.rule())) {
			begin(thread, this.definition, this.hooks.size() + 1, now);
		}
	}

	/**
	 * Returns how often recording failed by an error of Loopguard's own.
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
	 * Goes once through all code that a first occurrence runs, so that no event loop has
	 * to load its classes: the jar they are in may be the one that is being read. Records
	 * nothing.
	 */
	public void warmUp() {
		new RecorderWarmup(this.catalog, this.requestSource).run();
	}

	/**
	 * Runs something on an event loop and tells which hooks fired, without recording
	 * them.
	 * @param canary what to run
	 * @return indexes of the hooks that fired; empty on a thread that is no event loop
	 * @throws Exception whatever the canary throws
	 */
	public static BitSet probe(Callable<?> canary) throws Exception {
		BitSet seen = new BitSet();
		LoopThread thread = LoopThread.current();
		if (thread != null) {
			thread.canaries = seen;
		}
		try {
			canary.call();
		}
		finally {
			if (thread != null) {
				thread.canaries = null;
			}
		}
		return seen;
	}

	/**
	 * Records the beginning of an occurrence. The time this takes is Loopguard's own, so
	 * the call is not charged with it.
	 */
	private @Nullable PreventedCall begin(LoopThread thread, Hook leaf, int id, long now) {
		thread.busy = true;
		try {
			Attribution attribution = this.attribution;
			int outermostId = (thread.depth() > 0) ? thread.outermost(this.naming) : id;
			CallPath path = (this.failing || this.ledger.recordings() != null) ? null
					: thread.sampler.spare(outermostId, id, now);
			if (path != null && (path.pending() == null || path.continues(thread.opener))) {
				this.ledger.sampled();
			}
			else {
				Hook outermost = (thread.depth() > 0) ? this.hooks.get(outermostId) : leaf;
				StackHash stack = attribution.stack(outermost, leaf);
				path = attribution.path(stack.walker().walk(stack), outermost, leaf, this.requestSource, thread.opener);
				thread.sampler.walked(outermostId, id, path);
			}
			return this.counter.begun(thread, path, attribution);
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			this.failures.increment();
			return null;
		}
		finally {
			thread.entered += System.nanoTime() - now;
			thread.busy = false;
		}
	}

	private static boolean isOurs(String className) {
		return className.startsWith("io/github/loopguard/") || className.startsWith("reactor/blockhound/");
	}

	private void load(LoopThread thread, String className, long now) {
		thread.busy = true;
		try {
			Attribution attribution = this.attribution;
			StackHash stack = attribution.stack(this.definition, this.definition);
			CallPath path = attribution.path(stack.walker().walk(stack), this.definition, this.definition,
					this.requestSource, null);
			this.counter.loaded(thread, path, className, now);
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			this.failures.increment();
		}
		finally {
			thread.busy = false;
		}
	}

	/**
	 * Starts over on a loop whose outermost call has been open for a minute: either it
	 * really blocks for so long, and a second report does no harm, or its return was
	 * missed, and without this the loop would be blind for ever.
	 */
	private void heal(LoopThread thread) {
		this.healed.increment();
		this.counter.givenUp(thread);
	}

}
