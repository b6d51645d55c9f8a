package io.github.loopguard.detect.turn;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.function.BiConsumer;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves turns into the few methods through which Reactor Netty calls whoever handles a
 * channel's events, and through which Kotlin resumes a coroutine.
 */
public final class TurnWeaver implements ClassFileTransformer {

	/**
	 * Local variables that say what the method works for, by class and method.
	 */
	private static final Map<String, Map<String, Integer>> METHODS = Map
		.of("reactor/netty/channel/ChannelOperationsHandler", Map.of("channelActive", 1, "channelRead", 1,
				"channelInactive", 1, "userEventTriggered", 1, "exceptionCaught", 1, "channelWritabilityChanged", 1),
				"reactor/netty/channel/FluxReceive",
				Map.of("drainReceiver", 0, "onInboundNext", 0, "onInboundComplete", 0, "onInboundError", 0,
						"terminateReceiver", 2),
				"reactor/netty/channel/MonoSendMany$SendManyInner", Map.of("run", 0),
				"kotlin/coroutines/jvm/internal/BaseContinuationImpl", Map.of("resumeWith", 0));

	private final Class<?> turns;

	private final BiConsumer<String, Throwable> failures;

	/**
	 * Creates a weaver.
	 * @param turns class whose methods {@code begin} and {@code end} woven code calls
	 * @param failures receives the names of classes that could not be woven, and why: the
	 * requests of their turns are unknown
	 */
	public TurnWeaver(Class<?> turns, BiConsumer<String, Throwable> failures) {
		this.turns = turns;
		this.failures = failures;
	}

	/**
	 * Returns whether turns are woven into a class.
	 * @param className binary name of the class
	 * @return whether it has such a method
	 */
	public static boolean isWoven(String className) {
		return (className.startsWith("reactor.netty.") || className.startsWith("kotlin.coroutines."))
				&& METHODS.containsKey(className.replace('.', '/'));
	}

	@Override
	public byte @Nullable [] transform(@Nullable ClassLoader loader, @Nullable String className,
			@Nullable Class<?> classBeingRedefined, @Nullable ProtectionDomain protectionDomain, byte[] classfile) {
		Map<String, Integer> methods = (className != null) ? METHODS.get(className) : null;
		if (className == null || methods == null) {
			return null;
		}
		try {
			return canCallTurns(loader) ? weave(classfile, methods) : null;
		}
		catch (Throwable ex) {
			this.failures.accept(className.replace('/', '.'), ex);
			return null;
		}
	}

	/**
	 * Returns whether woven code can call this Loopguard.
	 */
	private boolean canCallTurns(@Nullable ClassLoader loader) {
		try {
			return Class.forName(this.turns.getName(), false, loader) == this.turns;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	private byte[] weave(byte[] classfile, Map<String, Integer> methods) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
				Integer work = ((access & Opcodes.ACC_ABSTRACT) == 0) ? methods.get(name) : null;
				return (work != null) ? new TurnVisitor(method, work) : method;
			}
		}, 0);
		return writer.toByteArray();
	}

	/**
	 * Begins a turn before the body of a method and ends it on normal return and on
	 * exceptions.
	 */
	private final class TurnVisitor extends MethodVisitor {

		private final String owner = TurnWeaver.this.turns.getName().replace('.', '/');

		private final int work;

		private final Label start = new Label();

		private final Label end = new Label();

		TurnVisitor(MethodVisitor delegate, int work) {
			super(Opcodes.ASM9, delegate);
			this.work = work;
		}

		@Override
		public void visitCode() {
			super.visitCode();
			super.visitVarInsn(Opcodes.ALOAD, this.work);
			super.visitMethodInsn(Opcodes.INVOKESTATIC, this.owner, "begin", "(Ljava/lang/Object;)V", false);
			super.visitLabel(this.start);
		}

		@Override
		public void visitInsn(int opcode) {
			if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
				endTurn();
			}
			super.visitInsn(opcode);
		}

		@Override
		public void visitMaxs(int maxStack, int maxLocals) {
			super.visitLabel(this.end);
			super.visitTryCatchBlock(this.start, this.end, this.end, null);
			super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] { "java/lang/Throwable" });
			endTurn();
			super.visitInsn(Opcodes.ATHROW);
			super.visitMaxs(Math.max(maxStack, 1), maxLocals);
		}

		private void endTurn() {
			super.visitMethodInsn(Opcodes.INVOKESTATIC, this.owner, "end", "()V", false);
		}

	}

}
