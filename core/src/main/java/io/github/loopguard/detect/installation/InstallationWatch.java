package io.github.loopguard.detect.installation;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;

/**
 * Makes BlockHound's builder tell when it is installed. Without it, Loopguard would know
 * neither what a user changes in his builder after the integrations, nor when to begin.
 */
public final class InstallationWatch implements ClassFileTransformer {

	private static final String BUILDER = "reactor/blockhound/BlockHound$Builder";

	private static final String CALLBACK = "onBlockingMethod";

	private static final String CALLS = InstallCalls.class.getName().replace('.', '/');

	private volatile boolean woven;

	private InstallationWatch() {
	}

	/**
	 * Starts to watch.
	 * @param instrumentation weaves the builder
	 * @param listener is notified
	 * @return whether this version of BlockHound can be watched
	 */
	public static boolean start(Instrumentation instrumentation, InstallationListener listener) {
		InstallationWatch watch = new InstallationWatch();
		instrumentation.addTransformer(watch, true);
		try {
			Class<?> builder = BlockHound.Builder.class;
			if (!isVisibleTo(builder.getClassLoader())) {
				return false;
			}
			InstallCalls.listener(listener);
			if (!watch.woven) {
				instrumentation.retransformClasses(builder);
			}
			return watch.woven;
		}
		catch (UnmodifiableClassException | LinkageError ex) {
			return false;
		}
	}

	@Override
	public byte @Nullable [] transform(@Nullable ClassLoader loader, @Nullable String className,
			@Nullable Class<?> classBeingRedefined, @Nullable ProtectionDomain protectionDomain, byte[] classfile) {
		if (!BUILDER.equals(className) || !isVisibleTo(loader)) {
			return null;
		}
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		Visitor visitor = new Visitor(writer);
		reader.accept(visitor, 0);
		if (!visitor.complete()) {
			return null;
		}
		this.woven = true;
		return writer.toByteArray();
	}

	private static boolean isVisibleTo(@Nullable ClassLoader loader) {
		try {
			return Class.forName(InstallCalls.class.getName(), false, loader) == InstallCalls.class;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	/**
	 * Weaves the calls, if the builder has what they need.
	 */
	private static final class Visitor extends ClassVisitor {

		private boolean callback;

		private boolean install;

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
			if (!name.equals("install") || !descriptor.equals("()V")) {
				return method;
			}
			this.install = true;
			return new Install(method);
		}

	}

	/**
	 * Calls on entry, before each return and on exceptions.
	 */
	private static final class Install extends MethodVisitor {

		private final Label start = new Label();

		private final Label end = new Label();

		Install(MethodVisitor delegate) {
			super(Opcodes.ASM9, delegate);
		}

		@Override
		public void visitCode() {
			super.visitCode();
			super.visitVarInsn(Opcodes.ALOAD, 0);
			super.visitVarInsn(Opcodes.ALOAD, 0);
			super.visitFieldInsn(Opcodes.GETFIELD, BUILDER, CALLBACK, "Ljava/util/function/Consumer;");
			super.visitMethodInsn(Opcodes.INVOKESTATIC, CALLS, "begins",
					"(L" + BUILDER + ";Ljava/util/function/Consumer;)V", false);
			super.visitLabel(this.start);
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

}
