package io.github.loopguard.detect.turn;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
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
 * channel's events, and through which Kotlin resumes a coroutine. Where event loops take
 * up their next task or event, whatever it is, weaves only that they do.
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

	private static final Set<String> TASK = Set.of("call");

	/**
	 * Methods in which an event loop takes up what is next, by class.
	 */
	private static final Map<String, Set<String>> NEXT = Map.of("io/netty/util/concurrent/AbstractEventExecutor",
			Set.of("runTask", "safeExecute"), "io/netty/channel/DefaultChannelPipeline", Set.of("fireChannelRead"),
			"reactor/core/scheduler/SchedulerTask", TASK, "reactor/core/scheduler/WorkerTask", TASK,
			"reactor/core/scheduler/PeriodicSchedulerTask", TASK, "reactor/core/scheduler/PeriodicWorkerTask", TASK,
			"reactor/core/scheduler/InstantPeriodicWorkerTask", TASK);

	private final Class<?> turns;

	private final BiConsumer<String, Throwable> failures;

	/**
	 * Creates a weaver.
	 * @param turns class whose methods {@code begin}, {@code end} and {@code next} woven
	 * code calls
	 * @param failures receives the names of classes that could not be woven, and why: the
	 * requests of their turns are unknown
	 */
	public TurnWeaver(Class<?> turns, BiConsumer<String, Throwable> failures) {
		this.turns = turns;
		this.failures = failures;
	}

	/**
	 * Returns whether a class is woven.
	 * @param className binary name of the class
	 * @return whether it has such a method
	 */
	public static boolean isWoven(String className) {
		return hasTurns(className) || NEXT.containsKey(className.replace('.', '/'));
	}

	/**
	 * Returns whether turns begin and end in a class.
	 */
	static boolean hasTurns(String className) {
		return (className.startsWith("reactor.netty.") || className.startsWith("kotlin.coroutines."))
				&& METHODS.containsKey(className.replace('.', '/'));
	}

	@Override
	public byte @Nullable [] transform(@Nullable ClassLoader loader, @Nullable String className,
			@Nullable Class<?> classBeingRedefined, @Nullable ProtectionDomain protectionDomain, byte[] classfile) {
		if (className == null || !(METHODS.containsKey(className) || NEXT.containsKey(className))) {
			return null;
		}
		try {
			return canCallTurns(loader) ? weave(classfile, METHODS.getOrDefault(className, Map.of()),
					NEXT.getOrDefault(className, Set.of())) : null;
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

	private byte[] weave(byte[] classfile, Map<String, Integer> methods, Set<String> next) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
				if ((access & Opcodes.ACC_ABSTRACT) != 0) {
					return method;
				}
				Integer work = methods.get(name);
				return (work != null) ? new TurnVisitor(method, work)
						: next.contains(name) ? new NextVisitor(method) : method;
			}
		}, 0);
		return writer.toByteArray();
	}

	private String owner() {
		return this.turns.getName().replace('.', '/');
	}

	/**
	 * Tells that something is next before the body of a method.
	 */
	private final class NextVisitor extends MethodVisitor {

		NextVisitor(MethodVisitor delegate) {
			super(Opcodes.ASM9, delegate);
		}

		@Override
		public void visitCode() {
			super.visitCode();
			super.visitMethodInsn(Opcodes.INVOKESTATIC, owner(), "next", "()V", false);
		}

	}

	/**
	 * Begins a turn before the body of a method and ends it on normal return and on
	 * exceptions.
	 */
	private final class TurnVisitor extends MethodVisitor {

		private final String owner = owner();

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
