package io.github.loopguard.detect.blockhound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Allows or forbids blocking calls on the current thread while a method runs. A local
 * variable keeps the state to restore when the method ends: that of the thread if it was
 * changed, else an unused state object, so that restoring needs no branch. Expects and
 * writes expanded frames.
 */
final class AllowanceWeaver extends MethodVisitor {

	private static final String RUNTIME = "reactor/blockhound/BlockHoundRuntime";

	private static final String STATE = RUNTIME + "$State";

	private final boolean allowed;

	private final int local;

	private final List<Object> parameters;

	private final boolean framed;

	private final Label start = new Label();

	private final Label end = new Label();

	/**
	 * Creates a weaver.
	 * @param delegate receives the woven method
	 * @param allowed whether the method may block
	 * @param local index of an unused local variable
	 * @param receiver internal name of the class, or {@code null} if the method is static
	 * @param descriptor descriptor of the method
	 * @param classVersion version of the class file
	 */
	AllowanceWeaver(MethodVisitor delegate, boolean allowed, int local, @Nullable String receiver, String descriptor,
			int classVersion) {
		super(Opcodes.ASM9, delegate);
		this.allowed = allowed;
		this.local = local;
		this.parameters = parameters(receiver, descriptor);
		this.framed = (classVersion & 0xFFFF) >= Opcodes.V1_6;
	}

	@Override
	public void visitCode() {
		super.visitCode();
		Label unchanged = new Label();
		super.visitFieldInsn(Opcodes.GETSTATIC, RUNTIME, "STATE", "Ljava/lang/ThreadLocal;");
		super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/ThreadLocal", "get", "()Ljava/lang/Object;", false);
		super.visitTypeInsn(Opcodes.CHECKCAST, STATE);
		super.visitVarInsn(Opcodes.ASTORE, this.local);
		super.visitVarInsn(Opcodes.ALOAD, this.local);
		super.visitJumpInsn(Opcodes.IFNULL, unchanged);
		super.visitVarInsn(Opcodes.ALOAD, this.local);
		super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STATE, "isAllowed", "()Z", false);
		super.visitJumpInsn(this.allowed ? Opcodes.IFNE : Opcodes.IFEQ, unchanged);
		set(this.allowed);
		super.visitJumpInsn(Opcodes.GOTO, this.start);
		super.visitLabel(unchanged);
		frame(this.parameters, List.of());
		super.visitTypeInsn(Opcodes.NEW, STATE);
		super.visitInsn(Opcodes.DUP);
		super.visitInsn(Opcodes.ICONST_0);
		super.visitMethodInsn(Opcodes.INVOKESPECIAL, STATE, "<init>", "(Z)V", false);
		super.visitVarInsn(Opcodes.ASTORE, this.local);
		super.visitLabel(this.start);
		frame(this.parameters, List.of());
		super.visitInsn(Opcodes.NOP);
	}

	@Override
	public void visitFrame(int type, int numLocal, Object[] locals, int numStack, Object[] stack) {
		frame(Arrays.asList(locals).subList(0, numLocal), Arrays.asList(stack).subList(0, numStack));
	}

	@Override
	public void visitInsn(int opcode) {
		if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
			set(!this.allowed);
		}
		super.visitInsn(opcode);
	}

	@Override
	public void visitMaxs(int maxStack, int maxLocals) {
		super.visitLabel(this.end);
		super.visitTryCatchBlock(this.start, this.end, this.end, null);
		frame(List.of(), List.of("java/lang/Throwable"));
		set(!this.allowed);
		super.visitInsn(Opcodes.ATHROW);
		super.visitMaxs(maxStack + 3, this.local + 1);
	}

	private void set(boolean allowed) {
		super.visitVarInsn(Opcodes.ALOAD, this.local);
		super.visitInsn(allowed ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
		super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STATE, "setAllowed", "(Z)V", false);
	}

	/**
	 * Writes a frame with the state variable after all others.
	 */
	private void frame(List<Object> locals, List<Object> stack) {
		if (!this.framed) {
			return;
		}
		List<Object> all = new ArrayList<>(locals);
		int slots = 0;
		for (Object type : locals) {
			slots += (type == Opcodes.LONG || type == Opcodes.DOUBLE) ? 2 : 1;
		}
		for (; slots < this.local; slots++) {
			all.add(Opcodes.TOP);
		}
		all.add(STATE);
		super.visitFrame(Opcodes.F_NEW, all.size(), all.toArray(), stack.size(), stack.toArray());
	}

	private static List<Object> parameters(@Nullable String receiver, String descriptor) {
		List<Object> parameters = new ArrayList<>();
		if (receiver != null) {
			parameters.add(receiver);
		}
		for (Type type : Type.getArgumentTypes(descriptor)) {
			parameters.add(switch (type.getSort()) {
				case Type.LONG -> Opcodes.LONG;
				case Type.DOUBLE -> Opcodes.DOUBLE;
				case Type.FLOAT -> Opcodes.FLOAT;
				case Type.OBJECT, Type.ARRAY -> type.getInternalName();
				default -> Opcodes.INTEGER;
			});
		}
		return parameters;
	}

}
