package io.github.loopguard.detect.installation;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the marks of a user's installation into one class, as BlockHound does: on entry
 * of a marked method, or before a call of it where it is native.
 */
public final class MarkVisitor extends ClassVisitor {

	private static final int STACK = 3;

	private final MarkPlan plan;

	private final boolean calls;

	private String className = "";

	private boolean nativeMethod;

	private MarkVisitor(ClassWriter writer, MarkPlan plan, boolean calls) {
		super(Opcodes.ASM9, writer);
		this.plan = plan;
		this.calls = calls;
	}

	/**
	 * Returns the class file with a report on entry of each marked method.
	 * @param classfile the original class file
	 * @param className internal name of the class
	 * @param plan the marks
	 * @return the woven class file
	 * @throws IllegalStateException if a marked method is native
	 */
	public static byte[] weaveMethods(byte[] classfile, String className, MarkPlan plan) {
		return plan.hasMarksIn(className) ? weave(classfile, plan, false) : classfile;
	}

	/**
	 * Returns the class file with a report before each call of a marked native method.
	 * @param classfile the original class file
	 * @param plan the marks
	 * @return the woven class file
	 */
	public static byte[] weaveCalls(byte[] classfile, MarkPlan plan) {
		return weave(classfile, plan, true);
	}

	private static byte[] weave(byte[] classfile, MarkPlan plan, boolean calls) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		MarkVisitor visitor = new MarkVisitor(writer, plan, calls);
		reader.accept(visitor, 0);
		if (visitor.nativeMethod) {
			throw new IllegalStateException("a mark on a native method outside the JDK has no effect");
		}
		return writer.toByteArray();
	}

	@Override
	public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
		this.className = name;
		super.visit(version, access, name, signature, superName, interfaces);
	}

	@Override
	public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
			String[] exceptions) {
		MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
		if (this.calls) {
			return new Calls(method);
		}
		if (!this.plan.isMarked(this.className, name, descriptor)) {
			return method;
		}
		this.nativeMethod |= (access & Opcodes.ACC_NATIVE) != 0;
		return new Entry(method, this.className, name, access);
	}

	private static void report(MethodVisitor code, String owner, String name, int modifiers) {
		code.visitLdcInsn(owner);
		code.visitLdcInsn(name);
		code.visitLdcInsn(modifiers);
		code.visitMethodInsn(Opcodes.INVOKESTATIC, "reactor/blockhound/BlockHoundRuntime", "checkBlocking",
				"(Ljava/lang/String;Ljava/lang/String;I)V", false);
	}

	/**
	 * Reports on entry of a marked method.
	 */
	private static final class Entry extends MethodVisitor {

		private final String owner;

		private final String name;

		private final int modifiers;

		Entry(MethodVisitor delegate, String owner, String name, int modifiers) {
			super(Opcodes.ASM9, delegate);
			this.owner = owner;
			this.name = name;
			this.modifiers = modifiers;
		}

		@Override
		public void visitCode() {
			super.visitCode();
			report(this.mv, this.owner, this.name, this.modifiers);
		}

		@Override
		public void visitMaxs(int maxStack, int maxLocals) {
			super.visitMaxs(maxStack + STACK, maxLocals);
		}

	}

	/**
	 * Reports before calls of marked native methods.
	 */
	private final class Calls extends MethodVisitor {

		Calls(MethodVisitor delegate) {
			super(Opcodes.ASM9, delegate);
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			Integer modifiers = MarkVisitor.this.plan.modifiers(MarkPlan.key(owner, name, descriptor));
			if (modifiers != null) {
				report(this.mv, owner, name, modifiers);
			}
			super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
		}

		@Override
		public void visitMaxs(int maxStack, int maxLocals) {
			super.visitMaxs(maxStack + STACK, maxLocals);
		}

	}

}
