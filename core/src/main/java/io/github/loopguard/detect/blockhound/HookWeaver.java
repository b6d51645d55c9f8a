package io.github.loopguard.detect.blockhound;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.blockhound.HookPlan.CallSite;
import io.github.loopguard.detect.blockhound.HookPlan.Weave;

/**
 * Weaves the hooks of a plan into classes as they are defined or transformed again. Until
 * it is armed, only into BlockHound's smoke test, because woven code needs BlockHound's
 * runtime to exist.
 */
final class HookWeaver implements ClassFileTransformer {

	private static final int UNTOUCHABLE = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

	private final HookPlan plan;

	private final Consumer<String> definitions;

	private final BitSet woven = new BitSet();

	private final Map<String, String> refused = new ConcurrentHashMap<>();

	private volatile boolean armed;

	/**
	 * Creates a weaver.
	 * @param plan what to weave
	 * @param definitions is told the name of every class that is defined from a file, on
	 * the thread that loads it; classes that are generated or the JVM's own are not
	 * looked for anywhere
	 */
	HookWeaver(HookPlan plan, Consumer<String> definitions) {
		this.plan = plan;
		this.definitions = definitions;
	}

	void arm() {
		this.armed = true;
	}

	/**
	 * Tells whether a hook was woven into at least one method.
	 */
	boolean isWoven(int id) {
		synchronized (this.woven) {
			return this.woven.get(id);
		}
	}

	/**
	 * Returns the classes that could not be woven, with the reason.
	 */
	Map<String, String> refused() {
		return this.refused;
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
			List<Weave> weaves = this.plan.methodsOf(className);
			if (weaves != null) {
				return weave(classBeingRedefined, classfile, weaves);
			}
			if (loader != null && !this.plan.callSites().isEmpty()) {
				return weaveCallSites(classBeingRedefined, classfile);
			}
			return null;
		}
		catch (Throwable ex) {
			this.refused.put(className.replace('/', '.'), ex.toString());
			return null;
		}
	}

	/**
	 * Tells whether a loaded class has anything to weave but hooked methods.
	 */
	boolean hasCallSites(Class<?> type) {
		byte[] compiled = ParameterNames.classfile(type);
		return compiled == null || !callSitesIn(new ClassReader(compiled), compiled).isEmpty();
	}

	private byte[] weave(@Nullable Class<?> loaded, byte[] classfile, List<Weave> weaves) {
		ClassReader reader = reader(loaded, classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {

			private int version;

			@Override
			public void visit(int version, int access, String name, String signature, String superName,
					String[] interfaces) {
				this.version = version;
				super.visit(version, access, name, signature, superName, interfaces);
			}

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
				if ((access & UNTOUCHABLE) != 0) {
					return method;
				}
				List<Weave> matching = weaves.stream().filter((weave) -> weave.matches(name, descriptor)).toList();
				if (matching.isEmpty()) {
					return method;
				}
				matching.forEach((weave) -> note(weave.id()));
				return new MethodWeaver(method, matching, this.version);
			}
		}, 0);
		return writer.toByteArray();
	}

	private byte @Nullable [] weaveCallSites(@Nullable Class<?> loaded, byte[] classfile) {
		Collection<CallSite> present = callSitesIn(new ClassReader(classfile), classfile);
		if (present.isEmpty()) {
			return null;
		}
		ClassReader reader = reader(loaded, classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {

			private int version;

			@Override
			public void visit(int version, int access, String name, String signature, String superName,
					String[] interfaces) {
				this.version = version;
				super.visit(version, access, name, signature, superName, interfaces);
			}

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
				return ((access & UNTOUCHABLE) != 0 || "<init>".equals(name)) ? method
						: new CallSiteWeaver(method, HookWeaver.this.plan.callSites(), present, this.version);
			}
		}, 0);
		present.forEach((site) -> note(site.id()));
		return writer.toByteArray();
	}

	private static ClassReader reader(@Nullable Class<?> loaded, byte[] classfile) {
		return new ClassReader((loaded != null) ? ParameterNames.restore(loaded, classfile) : classfile);
	}

	/**
	 * Looks for the methods in the constant pool, which is much cheaper than reading the
	 * code of every class.
	 */
	private Collection<CallSite> callSitesIn(ClassReader reader, byte[] classfile) {
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
