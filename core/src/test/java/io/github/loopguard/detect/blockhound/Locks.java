package io.github.loopguard.detect.blockhound;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

import io.github.loopguard.detect.blockhound.HookPlan.CallSite;
import io.github.loopguard.detect.installation.WovenRuntime;

/**
 * A class with native calls that throw, woven, beside a runtime class of BlockHound whose
 * exits fail as if there were no stack left.
 */
final class Locks extends ClassLoader {

	static final String NAME = "acme.Locks";

	static final String METHOD = "run";

	static final String PARAMETERS = "(Ljava/lang/Object;)V";

	static final int STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

	/**
	 * Synchronized blocks, as several compilers write them.
	 */
	static final Map<String, Ranges> BLOCKS = Map.of("handler outside of all ranges",
			(code, body, left, handler, unlocked) -> code.visitTryCatchBlock(body, left, handler, null),
			"handler that covers itself", (code, body, left, handler, unlocked) -> {
				code.visitTryCatchBlock(body, left, handler, null);
				code.visitTryCatchBlock(handler, unlocked, handler, null);
			}, "handler in the range of the block",
			(code, body, left, handler, unlocked) -> code.visitTryCatchBlock(body, unlocked, handler, null));

	private static final CallSite SITE = new CallSite(7, "java/lang/Integer", "parseInt", "(Ljava/lang/String;)I");

	private static final String RUNTIME = WovenRuntime.NAME.replace('/', '.');

	/** Enough to notice a handler that begins again for ever. */
	private static final int FAILURES = 1_000;

	private final Class<?> runtime;

	private final Class<?> type;

	/**
	 * Weaves and loads a class.
	 * @param original the class file
	 */
	Locks(byte[] original) {
		super(Locks.class.getClassLoader());
		byte[] failing = failing();
		this.runtime = defineClass(RUNTIME, failing, 0, failing.length);
		byte[] woven = WeavingVisitor.weave(original, List.of(), Map.of(SITE.key(), SITE), HookCalls.DIRECT, (id) -> {
		});
		this.type = defineClass(NAME, woven, 0, woven.length);
	}

	void run(Object lock) throws Throwable {
		try {
			this.type.getMethod(METHOD, Object.class).invoke(null, lock);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * Returns how often an exit was reported.
	 */
	int exits() throws ReflectiveOperationException {
		return this.runtime.getField("exits").getInt(null);
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		return name.equals(RUNTIME) ? this.runtime : super.loadClass(name, resolve);
	}

	static byte[] type(int version, Consumer<ClassWriter> methods) {
		return type(version, (version > Opcodes.V1_6) ? ClassWriter.COMPUTE_FRAMES : ClassWriter.COMPUTE_MAXS, methods);
	}

	static byte[] type(int version, int flags, Consumer<ClassWriter> methods) {
		ClassWriter writer = new ClassWriter(flags);
		writer.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, NAME.replace('.', '/'), null, "java/lang/Object",
				null);
		methods.accept(writer);
		writer.visitEnd();
		return writer.toByteArray();
	}

	/**
	 * Returns a class with a synchronized block.
	 */
	static byte[] block(int version, Ranges ranges) {
		return type(version, (writer) -> {
			MethodVisitor code = writer.visitMethod(STATIC, METHOD, PARAMETERS, null, null);
			Label body = new Label();
			Label left = new Label();
			Label handler = new Label();
			Label unlocked = new Label();
			Label end = new Label();
			code.visitCode();
			ranges.visit(code, body, left, handler, unlocked);
			code.visitVarInsn(Opcodes.ALOAD, 0);
			code.visitInsn(Opcodes.MONITORENTER);
			code.visitLabel(body);
			call(code);
			code.visitVarInsn(Opcodes.ALOAD, 0);
			code.visitInsn(Opcodes.MONITOREXIT);
			code.visitLabel(left);
			code.visitJumpInsn(Opcodes.GOTO, end);
			code.visitLabel(handler);
			code.visitVarInsn(Opcodes.ALOAD, 0);
			code.visitInsn(Opcodes.MONITOREXIT);
			code.visitLabel(unlocked);
			code.visitInsn(Opcodes.ATHROW);
			code.visitLabel(end);
			code.visitInsn(Opcodes.RETURN);
			code.visitMaxs(0, 0);
			code.visitEnd();
		});
	}

	static void call(MethodVisitor code) {
		code.visitLdcInsn("no number");
		code.visitMethodInsn(Opcodes.INVOKESTATIC, SITE.owner(), SITE.name(), SITE.descriptor(), false);
		code.visitInsn(Opcodes.POP);
	}

	private static byte[] failing() {
		ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
		writer.visit(Opcodes.V1_5, Opcodes.ACC_PUBLIC, WovenRuntime.NAME, null, "java/lang/Object", null);
		writer.visitField(STATIC, "exits", "I", null, null);
		MethodVisitor enter = writer.visitMethod(STATIC, WovenRuntime.ENTER, WovenRuntime.DESCRIPTOR, null, null);
		enter.visitCode();
		enter.visitInsn(Opcodes.RETURN);
		enter.visitMaxs(0, 0);
		enter.visitEnd();
		MethodVisitor exit = writer.visitMethod(STATIC, WovenRuntime.EXIT, WovenRuntime.DESCRIPTOR, null, null);
		Label end = new Label();
		exit.visitCode();
		exit.visitFieldInsn(Opcodes.GETSTATIC, WovenRuntime.NAME, "exits", "I");
		exit.visitInsn(Opcodes.ICONST_1);
		exit.visitInsn(Opcodes.IADD);
		exit.visitInsn(Opcodes.DUP);
		exit.visitFieldInsn(Opcodes.PUTSTATIC, WovenRuntime.NAME, "exits", "I");
		exit.visitIntInsn(Opcodes.SIPUSH, FAILURES);
		exit.visitJumpInsn(Opcodes.IF_ICMPGT, end);
		exit.visitTypeInsn(Opcodes.NEW, "java/lang/StackOverflowError");
		exit.visitInsn(Opcodes.DUP);
		exit.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/StackOverflowError", "<init>", "()V", false);
		exit.visitInsn(Opcodes.ATHROW);
		exit.visitLabel(end);
		exit.visitInsn(Opcodes.RETURN);
		exit.visitMaxs(0, 0);
		exit.visitEnd();
		writer.visitEnd();
		return writer.toByteArray();
	}

	/**
	 * Where exceptions lead from the body of a synchronized block and from its handler.
	 */
	interface Ranges {

		/**
		 * Visits the ranges.
		 * @param code the method
		 * @param body begins the block
		 * @param left ends it, unlocked
		 * @param handler begins the handler
		 * @param unlocked ends what unlocks in the handler
		 */
		void visit(MethodVisitor code, Label body, Label left, Label handler, Label unlocked);

	}

}
