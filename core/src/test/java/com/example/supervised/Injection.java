package com.example.supervised;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Throws an error at a chosen step of Loopguard's threads. A step is the beginning of any
 * method that such a thread runs again and again.
 */
public final class Injection {

	private static final String PACKAGE = "io/github/loopguard/ledger/";

	/** Only hold values, and are called by the others. */
	private static final Set<String> VALUES = Set.of(PACKAGE + "ViolationEntry", PACKAGE + "HeldCounters",
			PACKAGE + "LineCounters", PACKAGE + "Total", PACKAGE + "Totals", PACKAGE + "LedgerSettings",
			PACKAGE + "Links", PACKAGE + "Libraries");

	private static final Set<String> STEPS = new ConcurrentSkipListSet<>();

	private static volatile boolean recording;

	private static volatile String armed;

	private Injection() {
	}

	/**
	 * Called at the beginning of each method.
	 */
	public static void step(String method) {
		String armed = Injection.armed;
		if (!recording && armed == null) {
			return;
		}
		String thread = Thread.currentThread().getName();
		if (thread.startsWith("loopguard")) {
			String step = thread + " " + method;
			if (recording) {
				STEPS.add(step);
			}
			else if (step.equals(armed)) {
				Injection.armed = null;
				throw new AssertionError("injected at " + step);
			}
		}
	}

	static void install() throws Exception {
		Instrumentation instrumentation = ByteBuddyAgent.install();
		instrumentation.addTransformer(new Steps(), true);
		instrumentation.retransformClasses(Arrays.stream(instrumentation.getAllLoadedClasses())
			.filter((type) -> isConcerned(type.getName().replace('.', '/')) && instrumentation.isModifiableClass(type))
			.toArray(Class<?>[]::new));
	}

	static void record(boolean recording) {
		Injection.recording = recording;
	}

	static List<String> steps() {
		return List.copyOf(STEPS);
	}

	static void arm(String step) {
		armed = step;
	}

	static boolean isArmed() {
		return armed != null;
	}

	private static boolean isConcerned(String name) {
		return (name.startsWith(PACKAGE) && !VALUES.contains(name))
				|| name.equals("io/github/loopguard/detect/blockhound/LoadedClassWeaver");
	}

	private static final class Steps implements ClassFileTransformer {

		@Override
		public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain,
				byte[] classfile) {
			if (name == null || !isConcerned(name)) {
				return null;
			}
			ClassReader reader = new ClassReader(classfile);
			ClassWriter writer = new ClassWriter(reader, 0);
			reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {

				@Override
				public MethodVisitor visitMethod(int access, String method, String descriptor, String signature,
						String[] exceptions) {
					MethodVisitor code = super.visitMethod(access, method, descriptor, signature, exceptions);
					return method.startsWith("<") ? code
							: new Step(code, name.substring(name.lastIndexOf('/') + 1) + "." + method);
				}
			}, 0);
			return writer.toByteArray();
		}

	}

	private static final class Step extends MethodVisitor {

		private final String name;

		private Step(MethodVisitor code, String name) {
			super(Opcodes.ASM9, code);
			this.name = name;
		}

		@Override
		public void visitCode() {
			super.visitCode();
			super.visitLdcInsn(this.name);
			super.visitMethodInsn(Opcodes.INVOKESTATIC, Injection.class.getName().replace('.', '/'), "step",
					"(Ljava/lang/String;)V", false);
		}

		@Override
		public void visitMaxs(int maxStack, int maxLocals) {
			super.visitMaxs(Math.max(maxStack, 1), maxLocals);
		}

	}

}
