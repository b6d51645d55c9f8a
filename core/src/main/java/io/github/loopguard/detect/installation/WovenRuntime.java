package io.github.loopguard.detect.installation;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Set;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Adds two methods to BlockHound's runtime class when it is defined, by which hooks
 * report their number. BlockHound's own method allocates for each report.
 */
public final class WovenRuntime implements ClassFileTransformer {

	/**
	 * Internal name of the class.
	 */
	public static final String NAME = "reactor/blockhound/BlockHoundRuntime";

	/**
	 * Name of the method that reports a hook on entry. Asks whether the thread must not
	 * block, as BlockHound does.
	 */
	public static final String ENTER = "enterHook";

	/**
	 * Name of the method that reports a hook on exit. Who was asked on entry is not asked
	 * again.
	 */
	public static final String EXIT = "exitHook";

	/**
	 * Descriptor of both methods.
	 */
	public static final String DESCRIPTOR = "(I)V";

	static final String ENTERED = "enteredHook";

	static final String EXITED = "exitedHook";

	private static final String RECEIVER = "java/util/function/IntConsumer";

	private static final String PREDICATE = "java/util/function/Predicate";

	private static final String STATE = NAME + "$State";

	private static final Set<String> NEEDED = Set.of("STATE:Ljava/lang/ThreadLocal;",
			"threadPredicate:L" + PREDICATE + ";");

	private final Instrumentation instrumentation;

	private WovenRuntime(Instrumentation instrumentation) {
		this.instrumentation = instrumentation;
	}

	/**
	 * Waits for the class to be defined.
	 * @param instrumentation weaves it
	 */
	public static void await(Instrumentation instrumentation) {
		instrumentation.addTransformer(new WovenRuntime(instrumentation), false);
	}

	@Override
	public byte @Nullable [] transform(@Nullable ClassLoader loader, @Nullable String className,
			@Nullable Class<?> classBeingRedefined, @Nullable ProtectionDomain protectionDomain, byte[] classfile) {
		if (loader != null || !NAME.equals(className)) {
			return null;
		}
		this.instrumentation.removeTransformer(this);
		return weave(classfile);
	}

	/**
	 * Weaves a class file of the class.
	 * @return the woven class file, or {@code null} if this version of the class lacks
	 * what the methods need
	 */
	static byte @Nullable [] weave(byte[] classfile) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		Visitor visitor = new Visitor(writer);
		reader.accept(visitor, 0);
		return visitor.fields.containsAll(NEEDED) ? writer.toByteArray() : null;
	}

	/**
	 * Adds the methods and the fields with their receivers.
	 */
	private static final class Visitor extends ClassVisitor {

		private final Set<String> fields = new HashSet<>();

		Visitor(ClassWriter writer) {
			super(Opcodes.ASM9, writer);
		}

		@Override
		public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
			this.fields.add(name + ":" + descriptor);
			return super.visitField(access, name, descriptor, signature, value);
		}

		@Override
		public void visitEnd() {
			write(ENTER, ENTERED, true);
			write(EXIT, EXITED, false);
			super.visitEnd();
		}

		private void write(String method, String receiver, boolean asking) {
			super.visitField(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE, receiver,
					"L" + RECEIVER + ";", null, null)
				.visitEnd();
			MethodVisitor code = super.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, method, DESCRIPTOR, null,
					null);
			code.visitCode();
			Label end = new Label();
			state(code, end);
			if (asking) {
				ask(code, end);
			}
			code.visitFieldInsn(Opcodes.GETSTATIC, NAME, receiver, "L" + RECEIVER + ";");
			code.visitVarInsn(Opcodes.ILOAD, 0);
			code.visitMethodInsn(Opcodes.INVOKEINTERFACE, RECEIVER, "accept", DESCRIPTOR, true);
			code.visitLabel(end);
			frame(code);
			code.visitInsn(Opcodes.RETURN);
			code.visitMaxs(2, 2);
			code.visitEnd();
		}

		/**
		 * Goes to the end if the thread may block, or does at this moment.
		 */
		private static void state(MethodVisitor code, Label end) {
			code.visitFieldInsn(Opcodes.GETSTATIC, NAME, "STATE", "Ljava/lang/ThreadLocal;");
			code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/ThreadLocal", "get", "()Ljava/lang/Object;", false);
			code.visitTypeInsn(Opcodes.CHECKCAST, STATE);
			code.visitVarInsn(Opcodes.ASTORE, 1);
			code.visitVarInsn(Opcodes.ALOAD, 1);
			code.visitJumpInsn(Opcodes.IFNULL, end);
			code.visitVarInsn(Opcodes.ALOAD, 1);
			code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STATE, "isAllowed", "()Z", false);
			code.visitJumpInsn(Opcodes.IFNE, end);
		}

		/**
		 * Goes to the end if the thread may block now, and not always.
		 */
		private static void ask(MethodVisitor code, Label end) {
			Label known = new Label();
			code.visitVarInsn(Opcodes.ALOAD, 1);
			code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STATE, "isDynamic", "()Z", false);
			code.visitJumpInsn(Opcodes.IFEQ, known);
			code.visitFieldInsn(Opcodes.GETSTATIC, NAME, "threadPredicate", "L" + PREDICATE + ";");
			code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Thread", "currentThread", "()Ljava/lang/Thread;",
					false);
			code.visitMethodInsn(Opcodes.INVOKEINTERFACE, PREDICATE, "test", "(Ljava/lang/Object;)Z", true);
			code.visitJumpInsn(Opcodes.IFEQ, end);
			code.visitLabel(known);
			frame(code);
		}

		private static void frame(MethodVisitor code) {
			code.visitFrame(Opcodes.F_FULL, 2, new Object[] { Opcodes.INTEGER, STATE }, 0, new Object[0]);
		}

	}

}
