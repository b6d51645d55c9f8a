package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import net.bytebuddy.agent.ByteBuddyAgent;
import reactor.blockhound.BlockHound;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.RequestSource.Turn;
import io.github.loopguard.detect.blockhound.BuilderTables.Mark;
import io.github.loopguard.detect.turn.TurnWeaver;

/**
 * Sets up BlockHound's builder for Loopguard: attaches the agent, registers the weaver,
 * turns the marks of other integrations into hooks and sets thread predicate and
 * callback.
 */
final class InstallationPreparer {

	private final Catalog shipped;

	private final Function<Catalog, OccurrenceRecorder> recorders;

	InstallationPreparer(Catalog shipped, Function<Catalog, OccurrenceRecorder> recorders) {
		this.shipped = shipped;
		this.recorders = recorders;
	}

	/**
	 * Prepares a builder to which all other integrations have been applied.
	 * @throws DetectorUnavailableException if BlockHound cannot work in this JVM
	 */
	PreparedInstallation prepare(BlockHound.Builder builder) {
		BuilderTables tables = BuilderTables.of(builder);
		if (tables == null && !JvmFlag.isSet()) {
			throw new DetectorUnavailableException(
					"this version of BlockHound keeps its marks where Loopguard cannot "
							+ "reach them; add the JVM flag " + JvmFlag.NAME + ", or use BlockHound 1.0.17.RELEASE",
					new DetectorStatus.JvmOption(JvmFlag.NAME), null);
		}
		Instrumentation instrumentation = attach();
		Catalog catalog = (tables != null) ? this.shipped.with(Catalog.MARKED_BLOCKING, hooksOfMarks(tables))
				: this.shipped;
		HookPlan plan = new HookPlan(catalog.hooks());
		OccurrenceRecorder recorder = this.recorders.apply(catalog);
		HookWeaver weaver = new HookWeaver(plan, recorder::classDefined);
		instrumentation.addTransformer(weaver, true);
		instrumentation.addTransformer(new TurnWeaver(Turn.class, weaver.failures()::add), true);
		BuilderInterceptor interceptor = (tables != null) ? new BuilderInterceptor(tables, weaver::allow) : null;
		builder.with((interceptor != null) ? interceptor.intercept(instrumentation) : instrumentation);
		builder.nonBlockingThreadPredicate((others) -> (thread) -> !EventLoops.mayBlock(thread)
				&& (EventLoops.isCandidate(thread) || others.test(thread)));
		HookCallback callback = new HookCallback(recorder);
		builder.blockingMethodCallback(callback);
		return new PreparedInstallation(catalog, recorder, weaver, new HookInventory(catalog.hooks(), plan, weaver),
				new LoadedClassWeaver(instrumentation, plan, weaver), interceptor,
				() -> builder.blockingMethodCallback(callback));
	}

	/**
	 * Removes all marks and returns hooks for those that neither BlockHound nor Loopguard
	 * ships. As hooks they are timed, and work for native, sealed and record classes too.
	 */
	private List<Hook> hooksOfMarks(BuilderTables tables) {
		BuilderTables defaults = BuilderTables.of(BlockHound.builder());
		Set<Mark> known = (defaults != null) ? Set.copyOf(defaults.removeMarks()) : Set.of();
		Set<String> ours = this.shipped.hooks()
			.stream()
			.map((hook) -> hook.className() + "#" + hook.methodName())
			.collect(Collectors.toSet());
		return tables.removeMarks()
			.stream()
			.filter((mark) -> !known.contains(mark))
			.filter((mark) -> !ours.contains(mark.className() + "#" + mark.methodName()))
			.map(InstallationPreparer::hook)
			.toList();
	}

	private static Hook hook(Mark mark) {
		Hook hook = Hook.marked(mark.className(), mark.methodName(), mark.descriptor());
		return HookPlan.isOfJdk(mark.className()) ? hook : hook.inLibrary();
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
