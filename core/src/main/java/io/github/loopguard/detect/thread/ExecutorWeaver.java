package io.github.loopguard.detect.thread;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves Netty, also relocated ones, so that it tells when a thread begins and ends to
 * run an executor. BlockHound asks only once whether a thread is an event loop: a plain
 * thread or one of a pool, which it has asked before, is asked each time from then on.
 */
public final class ExecutorWeaver {

	/**
	 * Passed to BlockHound in place of a class name, to recognise what is told.
	 */
	public static final String MARKER = "io.github.loopguard.executor";

	private static final String EXECUTORS = "/util/internal/ThreadExecutorMap";

	private static final String THREAD = "/util/concurrent/FastThreadLocalThread";

	private static final String TIMER = "/util/HashedWheelTimer$Worker";

	private static final String GLOBAL = "/util/concurrent/GlobalEventExecutor";

	/**
	 * Creates a weaver, and loads what it needs while classes are defined.
	 */
	public ExecutorWeaver() {
		RunningExecutor.role();
	}

	/**
	 * Returns whether a class is woven.
	 * @param internalName internal name of the class
	 * @return whether it tells which executor a thread runs
	 */
	public boolean weaves(String internalName) {
		return internalName.endsWith(EXECUTORS) || internalName.endsWith(TIMER);
	}

	/**
	 * Notes that a class is defined. Of threads whose class is defined from now on, it is
	 * known which executor they run.
	 * @param internalName internal name of the class
	 */
	public void defined(String internalName) {
		if (internalName.endsWith(THREAD)) {
			RunningExecutor.follow(netty(internalName, THREAD).replace('/', '.'));
		}
	}

	/**
	 * Notes which classes were loaded before anything was woven.
	 * @param classes all loaded classes
	 */
	public void loaded(Class<?>[] classes) {
		Set<String> names = Arrays.stream(classes)
			.map((type) -> type.getName().replace('.', '/'))
			.filter((name) -> name.endsWith(THREAD) || name.endsWith(EXECUTORS))
			.collect(Collectors.toSet());
		names.stream()
			.filter((name) -> name.endsWith(THREAD) && !names.contains(netty(name, THREAD) + EXECUTORS))
			.forEach(this::defined);
	}

	/**
	 * Weaves a class. The threads of a timer and of the global executor are event loops
	 * only where an allowance keeps their waiting for work from being reported.
	 * @param internalName internal name of the class
	 * @param classfile the class file
	 * @param allowances whether a class, by its binary name, has allowances
	 * @return the class file that tells
	 */
	public byte[] weave(String internalName, byte[] classfile, Predicate<String> allowances) {
		boolean timer = internalName.endsWith(TIMER);
		String netty = netty(internalName, timer ? TIMER : EXECUTORS);
		if (timer && !allowances.test(internalName.replace('/', '.'))) {
			return classfile;
		}
		boolean global = allowances.test((netty + GLOBAL).replace('/', '.'));
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
		AtomicBoolean woven = new AtomicBoolean();
		reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
				boolean tells = timer ? (name + descriptor).equals("run()V") : name.startsWith("setCurrent");
				woven.compareAndSet(false, tells);
				return tells ? new Telling(method, timer ? null : netty, global) : method;
			}

		}, 0);
		if (!woven.get()) {
			throw new IllegalStateException("threads of this Netty do not tell which executor they run");
		}
		return writer.toByteArray();
	}

	private static String netty(String internalName, String className) {
		return internalName.substring(0, internalName.length() - className.length());
	}

	/**
	 * Tells at the beginning of a method what the thread is from now on. Before it, the
	 * thread becomes one that BlockHound asks each time.
	 */
	private static final class Telling extends MethodVisitor {

		private static final String RUNTIME = "reactor/blockhound/BlockHoundRuntime";

		private static final String STATE = RUNTIME + "$State";

		private final @Nullable String netty;

		private final boolean global;

		/**
		 * Creates a visitor.
		 * @param netty internal name of the base package of a Netty, whose executor is
		 * the first argument; {@code null} for an event loop without one
		 * @param global whether its global executor is an event loop, too
		 */
		Telling(MethodVisitor delegate, @Nullable String netty, boolean global) {
			super(Opcodes.ASM9, delegate);
			this.netty = netty;
			this.global = global;
		}

		@Override
		public void visitCode() {
			super.visitCode();
			Label start = new Label();
			Label asked = new Label();
			Label failed = new Label();
			Label end = new Label();
			super.visitTryCatchBlock(start, failed, failed, null);
			super.visitLabel(start);
			super.visitFieldInsn(Opcodes.GETSTATIC, RUNTIME, "STATE", "Ljava/lang/ThreadLocal;");
			super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/ThreadLocal", "get", "()Ljava/lang/Object;", false);
			super.visitJumpInsn(Opcodes.IFNONNULL, asked);
			super.visitFieldInsn(Opcodes.GETSTATIC, RUNTIME, "STATE", "Ljava/lang/ThreadLocal;");
			super.visitTypeInsn(Opcodes.NEW, STATE);
			super.visitInsn(Opcodes.DUP);
			super.visitInsn(Opcodes.ICONST_1);
			super.visitMethodInsn(Opcodes.INVOKESPECIAL, STATE, "<init>", "(Z)V", false);
			super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/ThreadLocal", "set", "(Ljava/lang/Object;)V",
					false);
			label(asked);
			if (this.netty == null) {
				tell(ThreadRole.EVENT_LOOP);
			}
			else {
				tellExecutor(this.netty, end);
			}
			super.visitJumpInsn(Opcodes.GOTO, end);
			super.visitLabel(failed);
			super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] { "java/lang/Throwable" });
			super.visitInsn(Opcodes.POP);
			label(end);
			super.visitInsn(Opcodes.NOP);
		}

		private void tellExecutor(String netty, Label end) {
			Label loop = new Label();
			Label none = new Label();
			super.visitVarInsn(Opcodes.ALOAD, 0);
			super.visitJumpInsn(Opcodes.IFNULL, none);
			jumpIfInstance(netty + "/channel/EventLoop", loop);
			if (this.global) {
				jumpIfInstance(netty + GLOBAL, loop);
			}
			tell(ThreadRole.MAY_BLOCK);
			super.visitJumpInsn(Opcodes.GOTO, end);
			label(loop);
			tell(ThreadRole.EVENT_LOOP);
			super.visitJumpInsn(Opcodes.GOTO, end);
			label(none);
			tell(ThreadRole.UNKNOWN);
		}

		private void jumpIfInstance(String type, Label target) {
			super.visitVarInsn(Opcodes.ALOAD, 0);
			super.visitTypeInsn(Opcodes.INSTANCEOF, type);
			super.visitJumpInsn(Opcodes.IFNE, target);
		}

		private void tell(ThreadRole role) {
			super.visitFieldInsn(Opcodes.GETSTATIC, RUNTIME, "blockingMethodConsumer", "Ljava/util/function/Consumer;");
			super.visitInsn(Opcodes.ICONST_3);
			super.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
			element(Opcodes.ICONST_0, MARKER);
			element(Opcodes.ICONST_1, role.name());
			super.visitInsn(Opcodes.DUP);
			super.visitInsn(Opcodes.ICONST_2);
			super.visitInsn(Opcodes.ICONST_0);
			super.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;",
					false);
			super.visitInsn(Opcodes.AASTORE);
			super.visitMethodInsn(Opcodes.INVOKEINTERFACE, "java/util/function/Consumer", "accept",
					"(Ljava/lang/Object;)V", true);
		}

		private void element(int index, String value) {
			super.visitInsn(Opcodes.DUP);
			super.visitInsn(index);
			super.visitLdcInsn(value);
			super.visitInsn(Opcodes.AASTORE);
		}

		private void label(Label label) {
			super.visitLabel(label);
			super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
		}

	}

}
