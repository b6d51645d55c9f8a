package io.github.loopguard.detect.blockhound;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.detect.annotation.AnnotatedClasses;
import io.github.loopguard.detect.annotation.AnnotatedMethod;
import io.github.loopguard.detect.blockhound.HookPlan.CallSite;
import io.github.loopguard.detect.blockhound.HookPlan.Weave;
import io.github.loopguard.detect.installation.MarkPlan;
import io.github.loopguard.detect.installation.MarkVisitor;
import io.github.loopguard.detect.installation.ReplacedReferences;
import io.github.loopguard.detect.stack.MethodReferences;
import io.github.loopguard.detect.thread.ExecutorWeaver;

/**
 * Weaves the hooks of a plan into classes as they are defined or retransformed. Before it
 * is armed, it weaves only BlockHound's smoke test, because woven code needs BlockHound's
 * runtime class.
 */
final class HookWeaver implements ClassFileTransformer {

	private final HookPlan plan;

	private final BiConsumer<String, ClassLoader> definitions;

	private final BitSet woven = new BitSet();

	private final ExecutorWeaver executors = new ExecutorWeaver();

	private final WeavingFailures failures = new WeavingFailures();

	private final ReplacedReferences references = new ReplacedReferences();

	private final AnnotatedClasses annotated;

	private volatile Map<String, Map<String, Boolean>> allowances = Map.of();

	private volatile MarkPlan marks = MarkPlan.NONE;

	private volatile ApplicationPackages applicationPackages = ApplicationPackages.NONE;

	private volatile HookCalls calls = HookCalls.CHECKED;

	private volatile boolean armed;

	/**
	 * Creates a weaver.
	 * @param plan what to weave
	 * @param annotated annotated methods, which are woven beside the plan
	 * @param definitions receives the internal name and the loader of every class that is
	 * defined from a file, on the thread that loads it; not those of generated classes
	 * and of the JVM
	 */
	HookWeaver(HookPlan plan, AnnotatedClasses annotated, BiConsumer<String, ClassLoader> definitions) {
		this.plan = plan;
		this.annotated = annotated;
		this.definitions = definitions;
	}

	/**
	 * Adds allowances that are woven beside the hooks.
	 * @param allowances methods by the binary names of their classes, with whether they
	 * may block
	 */
	void allow(Map<String, Map<String, Boolean>> allowances) {
		Map<String, Map<String, Boolean>> all = new HashMap<>(this.allowances);
		allowances.forEach((name, methods) -> all.merge(name, methods, HookWeaver::merged));
		this.allowances = all;
	}

	/**
	 * Returns the methods in which blocking calls are allowed, as class and method.
	 */
	List<String> allowedMethods() {
		return this.allowances.entrySet()
			.stream()
			.flatMap((type) -> type.getValue()
				.entrySet()
				.stream()
				.filter(Map.Entry::getValue)
				.map((method) -> type.getKey() + "#" + method.getKey()))
			.sorted()
			.toList();
	}

	/**
	 * Sets the marks of a user's installation, which are woven beside the hooks.
	 * @param marks where they are woven
	 */
	void marks(MarkPlan marks) {
		this.marks = marks;
	}

	/**
	 * Returns the marks of a user's installation.
	 */
	MarkPlan marks() {
		return this.marks;
	}

	/**
	 * Returns the weaver of executors.
	 */
	ExecutorWeaver executors() {
		return this.executors;
	}

	/**
	 * Returns the annotated methods.
	 */
	AnnotatedClasses annotated() {
		return this.annotated;
	}

	/**
	 * Returns whether some method of a class has an allowance.
	 * @param className binary name of the class
	 */
	boolean hasAllowances(String className) {
		return this.allowances.containsKey(className);
	}

	/**
	 * Starts to weave into all classes that are defined from now on.
	 * @param applicationPackages packages in whose classes method references are noted
	 * @param calls how hooks report
	 */
	void arm(ApplicationPackages applicationPackages, HookCalls calls) {
		this.applicationPackages = applicationPackages;
		this.calls = calls;
		this.armed = true;
	}

	/**
	 * Returns whether a hook was woven into at least one method.
	 */
	boolean isWoven(int id) {
		synchronized (this.woven) {
			return this.woven.get(id);
		}
	}

	/**
	 * Returns the classes that could not be woven.
	 */
	WeavingFailures failures() {
		return this.failures;
	}

	@Override
	public byte @Nullable [] transform(@Nullable ClassLoader loader, @Nullable String className,
			@Nullable Class<?> classBeingRedefined, @Nullable ProtectionDomain protectionDomain, byte[] classfile) {
		if (className == null || !(this.armed || className.equals(HookPlan.SMOKE_TEST))) {
			return null;
		}
		try {
			if (this.armed && loader != null && classBeingRedefined == null && protectionDomain != null
					&& protectionDomain.getCodeSource() != null) {
				this.definitions.accept(className, loader);
			}
			if (this.armed && classBeingRedefined == null) {
				this.executors.defined(className);
			}
			if (loader != null && this.applicationPackages.contain(className.replace('/', '.'))) {
				MethodReferences.defined(className, classfile);
			}
			MarkPlan marked = this.armed ? this.marks : MarkPlan.NONE;
			ClassReader reader = (loader != null || marked.concerns(className) || isNativeCaller(className))
					? new ClassReader(classfile) : null;
			List<Weave> weaves = weaves(reader, loader, className, classBeingRedefined);
			Set<String> calls = (reader != null) ? callsIn(reader) : Set.of();
			Map<String, CallSite> callSites = callSites(calls);
			Map<String, Boolean> allowed = this.armed
					? this.allowances.getOrDefault(className.replace('/', '.'), Map.of()) : Map.of();
			boolean hooked = !weaves.isEmpty() || !callSites.isEmpty();
			boolean telling = this.armed && this.executors.weaves(className);
			boolean markedCalls = !Collections.disjoint(calls, marked.calls());
			if (!hooked && !telling && !markedCalls && !marked.hasMarksIn(className) && allowed.isEmpty()) {
				return null;
			}
			byte[] original = (classBeingRedefined != null) ? ParameterNames.restore(classBeingRedefined, classfile)
					: classfile;
			byte[] replaced = (loader != null && !calls.isEmpty())
					? this.references.replace(original, loader, className, classBeingRedefined == null ? calls : null)
					: original;
			byte[] woven = MarkVisitor.weaveMethods(replaced, className, marked);
			if (telling) {
				woven = this.executors.weave(className, woven, this::hasAllowances);
			}
			if (!allowed.isEmpty()) {
				woven = AllowingVisitor.weave(woven, allowed);
			}
			if (hooked) {
				woven = WeavingVisitor.weave(woven, weaves, callSites, this.calls, this::note);
			}
			if (markedCalls) {
				woven = MarkVisitor.weaveCalls(woven, marked);
			}
			if (replaced != original && loader != null && classBeingRedefined == null) {
				this.references.replaced(loader, className, calls);
			}
			return woven;
		}
		catch (Throwable ex) {
			this.failures.add(className.replace('/', '.'), ex);
			return null;
		}
	}

	/**
	 * Returns whether a class calls hooked native methods.
	 * @param classfile its class file
	 */
	boolean hasCallSites(byte[] classfile) {
		return !callsIn(new ClassReader(classfile)).isEmpty();
	}

	/**
	 * Prepares a loaded class whose references to hooked native methods are to be
	 * replaced when it is retransformed.
	 * @param type the class
	 * @param classfile its class file
	 */
	void prepare(Class<?> type, byte[] classfile) {
		Set<String> calls = callsIn(new ClassReader(classfile));
		if (!calls.isEmpty()) {
			this.references.loaded(type, classfile, calls);
		}
	}

	private boolean isNativeCaller(String className) {
		return this.armed && this.plan.isNativeCaller(className.replace('/', '.'));
	}

	private static Map<String, Boolean> merged(Map<String, Boolean> some, Map<String, Boolean> more) {
		Map<String, Boolean> all = new HashMap<>(some);
		all.putAll(more);
		return all;
	}

	/**
	 * Returns the methods to weave: annotated ones without an allowance, and those of the
	 * plan.
	 */
	private List<Weave> weaves(@Nullable ClassReader reader, @Nullable ClassLoader loader, String className,
			@Nullable Class<?> loaded) {
		List<Weave> planned = this.plan.methodsOf(className);
		if (!this.armed || reader == null || loader == null) {
			return planned;
		}
		try {
			List<AnnotatedMethod> found = this.annotated.methods(reader, loader, className, loaded);
			Map<String, Boolean> allowed = this.allowances.getOrDefault(className.replace('/', '.'), Map.of());
			List<AnnotatedMethod> reported = found.stream()
				.filter((method) -> !Boolean.TRUE.equals(allowed.get(method.name())))
				.toList();
			return reported.isEmpty() ? planned : Weave.and(planned, reported);
		}
		catch (RuntimeException | LinkageError ex) {
			this.failures.add(className.replace('/', '.'), ex);
			return planned;
		}
	}

	private Map<String, CallSite> callSites(Set<String> calls) {
		if (calls.isEmpty()) {
			return Map.of();
		}
		Map<String, CallSite> callSites = new TreeMap<>(this.plan.callSites());
		callSites.keySet().retainAll(calls);
		return callSites;
	}

	private Set<String> callsIn(ClassReader reader) {
		return NativeCalls.in(reader, this.plan.callSites().keySet(), this.marks.calls());
	}

	private void note(int id) {
		synchronized (this.woven) {
			this.woven.set(id);
		}
	}

}
