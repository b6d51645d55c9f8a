package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;

import io.github.loopguard.allowance.KnownAllowances;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.RequestSource.Turn;
import io.github.loopguard.detect.annotation.AnnotatedClasses;
import io.github.loopguard.detect.installation.BuilderTables;
import io.github.loopguard.detect.installation.JvmFlag;
import io.github.loopguard.detect.installation.Mark;
import io.github.loopguard.detect.installation.MarkPlan;
import io.github.loopguard.detect.installation.QuietInstrumentation;
import io.github.loopguard.detect.installation.RuntimeClass;
import io.github.loopguard.detect.installation.UserCallback;
import io.github.loopguard.detect.installation.WovenRuntime;
import io.github.loopguard.detect.turn.TurnWeaver;

/**
 * Sets up BlockHound's builder for Loopguard: registers the weaver, takes marks and
 * allowances over and composes the predicates of threads.
 */
final class InstallationPreparer {

	private final Supplier<Catalog> catalog;

	private final Function<Catalog, OccurrenceRecorder> recorders;

	private final Instrumentation instrumentation;

	InstallationPreparer(Supplier<Catalog> catalog, Function<Catalog, OccurrenceRecorder> recorders,
			Instrumentation instrumentation) {
		this.catalog = catalog;
		this.recorders = recorders;
		this.instrumentation = instrumentation;
	}

	/**
	 * Checks that a builder can be prepared, before anything is changed.
	 * @throws DetectorUnavailableException if BlockHound cannot work in this JVM
	 */
	static void check(BlockHound.Builder builder) {
		if (BlockHound.class.getModule().isNamed()) {
			throw new DetectorUnavailableException("BlockHound is on the module path, where it finds its runtime class "
					+ "in its own module and not in that which every class sees; put it on the class path");
		}
		if (BuilderTables.of(builder) == null && !JvmFlag.isSet()) {
			throw new DetectorUnavailableException(
					"this version of BlockHound keeps its marks where Loopguard cannot "
							+ "reach them; add the JVM flag " + JvmFlag.NAME + ", or use BlockHound 1.0.17.RELEASE",
					new DetectorStatus.JvmOption(JvmFlag.NAME), null);
		}
	}

	/**
	 * Prepares a builder that is about to be installed.
	 * @param callback the callback of a user who installs it himself, or {@code null} if
	 * Loopguard does
	 */
	PreparedInstallation prepare(BlockHound.Builder builder, @Nullable Consumer<BlockingMethod> callback) {
		KnownAllowances.idle().forEach((idle) -> builder.allowBlockingCallsInside(idle.className(), idle.methodName()));
		builder.disallowBlockingCallsInside("kotlinx.coroutines.EventLoopImplBase", "processNextEvent");
		BuilderTables tables = BuilderTables.of(builder);
		MarkPlan marks = (callback != null && tables != null) ? new MarkPlan(tables.marks()) : MarkPlan.NONE;
		Catalog ours = this.catalog.get();
		Catalog catalog = (tables != null)
				? ours.with(Catalog.MARKED_BLOCKING, hooksOfMarks(ours.hooks(), tables, marks)) : ours;
		HookPlan plan = new HookPlan(catalog.hooks());
		OccurrenceRecorder recorder = this.recorders.apply(catalog);
		recorder.prepare();
		HookCallback hooks = new HookCallback(recorder);
		HookWeaver weaver = new HookWeaver(plan, AnnotatedClasses.of(recorder.annotated()), hooks::classDefined);
		if (tables != null) {
			weaver.marks(marks);
			weaver.allow(tables.allowances());
		}
		WovenRuntime.await(this.instrumentation);
		this.instrumentation.addTransformer(weaver, true);
		this.instrumentation.addTransformer(new TurnWeaver(Turn.class, weaver.failures()::add), true);
		Predicate<Thread> others = threads(builder);
		Predicate<Thread> all = EventLoops.and(others);
		if (callback != null) {
			hooks.user(new UserCallback(callback, others));
		}
		EventLoops.agreed(all);
		// The user's marks count on all threads of his, also on a pool that may block.
		Predicate<Thread> threads = (callback != null) ? others.or(all) : all;
		builder.nonBlockingThreadPredicate((current) -> threads);
		builder.addDynamicThreadPredicate(EventLoops::mayChange);
		// Last, because BlockHound can do without Loopguard only as long as it has these.
		builder.with((tables != null) ? QuietInstrumentation.of(this.instrumentation) : this.instrumentation);
		if (tables != null) {
			tables.clear();
		}
		return new PreparedInstallation(catalog, recorder, hooks, weaver,
				new HookInventory(catalog.hooks(), plan, weaver),
				new LoadedClassWeaver(this.instrumentation, plan, weaver), threads, tables == null);
	}

	/**
	 * Adds the builder of a user who installs it after Loopguard. BlockHound ignores it.
	 */
	static void add(BlockHound.Builder builder, Consumer<BlockingMethod> callback, PreparedInstallation installation) {
		BuilderTables tables = BuilderTables.of(builder);
		if (tables == null) {
			return;
		}
		AtomicReference<Predicate<Thread>> dynamic = new AtomicReference<>((thread) -> false);
		builder.dynamicThreadPredicate((current) -> {
			dynamic.set(current);
			return current;
		});
		Predicate<Thread> threads = threads(builder);
		// Where they fail, nothing is added. What they need is loaded here, not where a
		// class is defined or a loop blocks.
		threads.test(Thread.currentThread());
		dynamic.get().test(Thread.currentThread());
		HookWeaver weaver = installation.weaver();
		weaver.marks(new MarkPlan(tables.marks()));
		weaver.allow(tables.allowances());
		installation.callback().user(new UserCallback(callback, threads));
		RuntimeClass.addThreads(threads, dynamic.get());
		EventLoops.or(threads);
	}

	private static Predicate<Thread> threads(BlockHound.Builder builder) {
		AtomicReference<Predicate<Thread>> threads = new AtomicReference<>((thread) -> false);
		builder.nonBlockingThreadPredicate((current) -> {
			threads.set(current);
			return current;
		});
		return threads.get();
	}

	/**
	 * Returns hooks for the marks that neither BlockHound nor Loopguard ships. As hooks
	 * they are timed, and work for sealed and record classes too.
	 */
	private static List<Hook> hooksOfMarks(List<Hook> hooks, BuilderTables tables, MarkPlan marks) {
		BuilderTables defaults = BuilderTables.of(BlockHound.builder());
		Set<Mark> known = (defaults != null) ? Set.copyOf(defaults.marks()) : Set.of();
		Set<String> ours = hooks.stream()
			.map((hook) -> hook.className() + "#" + hook.methodName())
			.collect(Collectors.toSet());
		return tables.marks()
			.stream()
			.filter((mark) -> !known.contains(mark) && !marks.isNative(mark))
			.filter((mark) -> !ours.contains(mark.className() + "#" + mark.methodName()))
			.map(InstallationPreparer::hook)
			.toList();
	}

	private static Hook hook(Mark mark) {
		Hook hook = Hook.marked(mark.className(), mark.methodName(), mark.descriptor());
		return HookPlan.isOfJdk(mark.className()) ? hook : hook.inLibrary();
	}

}
