package io.github.loopguard.detect.blockhound;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.blockhound.HookPlan.CallSite;
import io.github.loopguard.detect.blockhound.HookPlan.Weave;
import io.github.loopguard.detect.thread.ExecutorWeaver;

/**
 * Weaves the hooks of a plan into classes as they are defined or retransformed. Before it
 * is armed, it weaves only BlockHound's smoke test, because woven code needs BlockHound's
 * runtime class.
 */
final class HookWeaver implements ClassFileTransformer {

	private final HookPlan plan;

	private final Consumer<String> definitions;

	private final BitSet woven = new BitSet();

	private final ExecutorWeaver executors = new ExecutorWeaver();

	private final WeavingFailures failures = new WeavingFailures();

	private volatile Map<String, Map<String, Boolean>> allowances = Map.of();

	private volatile boolean armed;

	/**
	 * Creates a weaver.
	 * @param plan what to weave
	 * @param definitions receives the internal name of every class that is defined from a
	 * file, on the thread that loads it; not those of generated classes and of the JVM
	 */
	HookWeaver(HookPlan plan, Consumer<String> definitions) {
		this.plan = plan;
		this.definitions = definitions;
	}

	/**
	 * Sets the allowances that are woven beside the hooks.
	 * @param allowances methods by the binary names of their classes, with whether they
	 * may block
	 */
	void allow(Map<String, Map<String, Boolean>> allowances) {
		this.allowances = allowances;
	}

	/**
	 * Returns the weaver of executors.
	 */
	ExecutorWeaver executors() {
		return this.executors;
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
	 */
	void arm() {
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
				this.definitions.accept(className);
			}
			if (this.armed && classBeingRedefined == null) {
				this.executors.defined(className);
			}
			List<Weave> weaves = this.plan.methodsOf(className);
			Collection<CallSite> callSites = (loader != null) ? callSitesIn(new ClassReader(classfile), classfile)
					: List.of();
			Map<String, Boolean> allowed = this.armed
					? this.allowances.getOrDefault(className.replace('/', '.'), Map.of()) : Map.of();
			boolean hooked = !weaves.isEmpty() || !callSites.isEmpty();
			boolean telling = this.armed && this.executors.weaves(className);
			if (!hooked && !telling && allowed.isEmpty()) {
				return null;
			}
			byte[] named = (classBeingRedefined != null) ? ParameterNames.restore(classBeingRedefined, classfile)
					: classfile;
			byte[] told = telling ? this.executors.weave(className, named, this::hasAllowances) : named;
			byte[] allowing = allowed.isEmpty() ? told : AllowingVisitor.weave(told, allowed);
			return hooked ? WeavingVisitor.weave(allowing, weaves, this.plan.callSites(), callSites, this::note)
					: allowing;
		}
		catch (Throwable ex) {
			this.failures.add(className.replace('/', '.'), ex);
			return null;
		}
	}

	/**
	 * Returns whether a loaded class calls hooked native methods; {@code true} where its
	 * class file cannot be read.
	 */
	boolean hasCallSites(Class<?> type) {
		byte[] compiled = ParameterNames.classfile(type);
		return compiled == null || !callSitesIn(new ClassReader(compiled), compiled).isEmpty();
	}

	/**
	 * Returns the hooked native methods in the constant pool of a class, which is much
	 * cheaper than reading its code.
	 */
	private Collection<CallSite> callSitesIn(ClassReader reader, byte[] classfile) {
		if (this.plan.callSites().isEmpty()) {
			return List.of();
		}
		List<CallSite> present = new ArrayList<>();
		char[] buffer = new char[reader.getMaxStringLength()];
		for (int i = 1; i < reader.getItemCount(); i++) {
			int offset = reader.getItem(i);
			if (offset == 0 || classfile[offset - 1] != 10) {
				continue;
			}
			String owner = reader.readClass(offset, buffer);
			if (!owner.startsWith("java/")) {
				continue;
			}
			int nameAndType = reader.getItem(reader.readUnsignedShort(offset + 2));
			CallSite site = this.plan.callSites()
				.get(CallSite.key(owner, reader.readUTF8(nameAndType, buffer),
						reader.readUTF8(nameAndType + 2, buffer)));
			if (site != null) {
				present.add(site);
			}
		}
		return present;
	}

	private void note(int id) {
		synchronized (this.woven) {
			this.woven.set(id);
		}
	}

}
