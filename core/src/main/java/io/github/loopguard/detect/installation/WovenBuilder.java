package io.github.loopguard.detect.installation;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * BlockHound's builder with calls of {@link InstallCalls} in {@code install()}, and where
 * it makes its transformers.
 */
final class WovenBuilder {

	static final String NAME = "reactor/blockhound/BlockHound$Builder";

	private static final String CALLBACK = "onBlockingMethod";

	private static final String INSTRUMENT = "(Ljava/lang/instrument/Instrumentation;)V";

	private static final String CALLS = InstallCalls.class.getName().replace('.', '/');

	private WovenBuilder() {
	}

	/**
	 * Weaves a class file of the builder.
	 * @return the woven class file, the same one if it was woven before, or {@code null}
	 * if this version of the builder lacks what the calls need
	 */
	static byte @Nullable [] weave(byte[] classfile) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		Visitor visitor = new Visitor(writer);
		reader.accept(visitor, 0);
		if (visitor.woven) {
			return classfile;
		}
		return visitor.complete() ? writer.toByteArray() : null;
	}

	/**
	 * Defines the woven builder in the class loader of BlockHound, in place of the one in
	 * the class file.
	 * @param blockHound BlockHound's class
	 * @return whether this version of the builder has what the calls need
	 * @throws IllegalAccessException if BlockHound's package is not open
	 * @throws LinkageError if the builder is loaded already
	 */
	static boolean define(Class<?> blockHound) throws IOException, IllegalAccessException {
		byte[] woven = read(blockHound);
		if (woven != null) {
			MethodHandles.privateLookupIn(blockHound, MethodHandles.lookup()).defineClass(woven);
		}
		return woven != null;
	}

	private static byte @Nullable [] read(Class<?> blockHound) throws IOException {
		try (InputStream classfile = blockHound.getResourceAsStream("/" + NAME + ".class")) {
			return (classfile != null) ? weave(classfile.readAllBytes()) : null;
		}
	}

	/**
	 * Weaves the calls, if the builder has what they need.
	 */
	private static final class Visitor extends ClassVisitor {

		private boolean callback;

		private boolean install;

		private boolean woven;

		Visitor(ClassWriter writer) {
			super(Opcodes.ASM9, writer);
		}

		boolean complete() {
			return this.callback && this.install;
		}

		@Override
		public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
			this.callback |= name.equals(CALLBACK) && descriptor.equals("Ljava/util/function/Consumer;");
			return super.visitField(access, name, descriptor, signature, value);
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
				String[] exceptions) {
			MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
			if (name.equals("instrument") && descriptor.equals(INSTRUMENT)) {
				return new Instrument(method);
			}
			if (!name.equals("install") || !descriptor.equals("()V")) {
				return method;
			}
			this.install = true;
			return new Install(method, () -> this.woven = true);
		}

	}

	/**
	 * Calls on entry, before each return and on exceptions.
	 */
	private static final class Install extends MethodVisitor {

		private final Label start = new Label();

		private final Label end = new Label();

		private final Runnable wovenBefore;

		Install(MethodVisitor delegate, Runnable wovenBefore) {
			super(Opcodes.ASM9, delegate);
			this.wovenBefore = wovenBefore;
		}

		@Override
		public void visitCode() {
			super.visitCode();
			super.visitVarInsn(Opcodes.ALOAD, 0);
			super.visitVarInsn(Opcodes.ALOAD, 0);
			super.visitFieldInsn(Opcodes.GETFIELD, NAME, CALLBACK, "Ljava/util/function/Consumer;");
			super.visitMethodInsn(Opcodes.INVOKESTATIC, CALLS, "begins",
					"(L" + NAME + ";Ljava/util/function/Consumer;)V", false);
			super.visitLabel(this.start);
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			if (owner.equals(CALLS)) {
				this.wovenBefore.run();
			}
			super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
		}

		@Override
		public void visitInsn(int opcode) {
			if (opcode == Opcodes.RETURN) {
				ended();
			}
			super.visitInsn(opcode);
		}

		@Override
		public void visitMaxs(int maxStack, int maxLocals) {
			super.visitLabel(this.end);
			super.visitTryCatchBlock(this.start, this.end, this.end, null);
			super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] { "java/lang/Throwable" });
			ended();
			super.visitInsn(Opcodes.ATHROW);
			super.visitMaxs(maxStack + 2, maxLocals);
		}

		private void ended() {
			super.visitMethodInsn(Opcodes.INVOKESTATIC, CALLS, "ended", "()V", false);
		}

	}

	/**
	 * Returns at once where no transformer is needed.
	 */
	private static final class Instrument extends MethodVisitor {

		Instrument(MethodVisitor delegate) {
			super(Opcodes.ASM9, delegate);
		}

		@Override
		public void visitCode() {
			super.visitCode();
			Label needed = new Label();
			super.visitVarInsn(Opcodes.ALOAD, 1);
			super.visitMethodInsn(Opcodes.INVOKESTATIC, CALLS, "instruments",
					"(Ljava/lang/instrument/Instrumentation;)Z", false);
			super.visitJumpInsn(Opcodes.IFNE, needed);
			super.visitInsn(Opcodes.RETURN);
			super.visitLabel(needed);
			super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
		}

	}

}
