package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.JvmOption;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.blockhound.BuilderTables.Mark;

/**
 * What was prepared on BlockHound's builder, whoever goes on to install it.
 *
 * @param catalog our rules with the marks of others
 * @param recorder receives what hooks report
 * @param weaver weaves the hooks
 * @param plan what is woven where
 * @param instrumentation what transforms classes
 * @param takeover takes marks and allowances over, or {@code null} if that cannot be done
 * @param reclaim makes our callback BlockHound's again, where a user set another one
 */
record PreparedInstallation(Catalog catalog, OccurrenceRecorder recorder, HookWeaver weaver, HookPlan plan,
		Instrumentation instrumentation, @Nullable BuilderInterceptor takeover, Runnable reclaim) {

	/**
	 * Prepares a builder. Must come after all other integrations.
	 * @param builder BlockHound's builder
	 * @param shipped our catalog
	 * @param recorders makes the recorder for a catalog
	 * @throws DetectorUnavailableException if BlockHound could not work in this JVM
	 */
	static PreparedInstallation of(BlockHound.Builder builder, Catalog shipped,
			Function<Catalog, OccurrenceRecorder> recorders) {
		boolean flag = JvmFlag.isSet();
		BuilderTables tables = BuilderTables.of(builder);
		if (tables == null && !flag) {
			throw new DetectorUnavailableException(
					"this version of BlockHound keeps its marks where Loopguard cannot "
							+ "reach them; add the JVM flag " + JvmFlag.NAME + ", or use BlockHound 1.0.17.RELEASE",
					new JvmOption(JvmFlag.NAME), null);
		}
		Instrumentation instrumentation = attach();
		Catalog catalog = (tables != null) ? shipped.with(Catalog.MARKED_BLOCKING, takeOver(tables, shipped)) : shipped;
		HookPlan plan = new HookPlan(catalog.hooks());
		OccurrenceRecorder recorder = recorders.apply(catalog);
		HookWeaver weaver = new HookWeaver(plan, recorder::classDefined);
		instrumentation.addTransformer(weaver, true);
		BuilderInterceptor takeover = (tables != null) ? new BuilderInterceptor(tables, weaver::allow) : null;
		builder.with((takeover != null) ? takeover.before(instrumentation) : instrumentation);
		builder.nonBlockingThreadPredicate((others) -> (thread) -> !EventLoops.mayBlock(thread)
				&& (EventLoops.isCandidate(thread) || others.test(thread)));
		HookCallback callback = new HookCallback(recorder);
		builder.blockingMethodCallback(callback);
		return new PreparedInstallation(catalog, recorder, weaver, plan, instrumentation, takeover,
				() -> builder.blockingMethodCallback(callback));
	}

	/**
	 * Tells whether marks could be taken over, so that no JVM flag is needed.
	 */
	boolean flagFree() {
		return this.takeover != null;
	}

	/**
	 * Returns the marks that were set too late to be taken over.
	 */
	List<Mark> ignoredMarks() {
		return (this.takeover != null) ? this.takeover.ignored() : List.of();
	}

	/**
	 * Returns the classes that were there before.
	 */
	LoadedClasses loadedClasses() {
		return new LoadedClasses(this.instrumentation, this.plan, this.weaver);
	}

	/**
	 * Returns how many hooks of a rule are woven, or will be as soon as their class is
	 * loaded.
	 */
	int liveHooks(String rule) {
		List<Hook> hooks = this.catalog.hooks();
		return (int) IntStream.range(0, hooks.size())
			.filter((id) -> hooks.get(id).rule().equals(rule) && isLive(id, hooks.get(id)))
			.count();
	}

	/**
	 * Returns the hooks of a rule that this JDK should have and has not, with the reason.
	 */
	Map<String, String> missingHooks(String rule) {
		Map<String, String> missing = new LinkedHashMap<>();
		this.plan.missing().forEach((hook, reason) -> {
			if (hook.rule().equals(rule)) {
				missing.put(hook.toString(), reason);
			}
		});
		for (Hook hook : this.catalog.hooks()) {
			String refusal = this.weaver.refusals().reason(hook.className());
			if (hook.rule().equals(rule) && refusal != null) {
				missing.put(hook.toString(), refusal);
			}
		}
		return missing;
	}

	private boolean isLive(int id, Hook hook) {
		if (hook.availability().library()) {
			return this.weaver.isWoven(id);
		}
		return !this.plan.missing().containsKey(hook) && this.weaver.refusals().reason(hook.className()) == null
				&& this.plan.isPlanned(id);
	}

	/**
	 * Returns the methods in which others allow blocking calls.
	 */
	Set<String> allowances() {
		return (this.takeover != null) ? this.takeover.allowed() : Set.of();
	}

	/**
	 * Makes hooks of ours out of the marks of others, which then also work for native,
	 * sealed and record classes and are timed.
	 */
	private static List<Hook> takeOver(BuilderTables tables, Catalog shipped) {
		BuilderTables defaults = BuilderTables.of(BlockHound.builder());
		Set<Mark> known = (defaults != null) ? Set.copyOf(defaults.takeMarks()) : Set.of();
		Set<String> ours = shipped.hooks()
			.stream()
			.map((hook) -> hook.className() + "#" + hook.methodName())
			.collect(Collectors.toSet());
		return tables.takeMarks()
			.stream()
			.filter((mark) -> !known.contains(mark))
			.filter((mark) -> !ours.contains(mark.className() + "#" + mark.methodName()))
			.map(PreparedInstallation::hook)
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
					+ "-javaagent:byte-buddy-agent.jar", new JvmOption("-javaagent:byte-buddy-agent.jar"), ex);
		}
	}

}
