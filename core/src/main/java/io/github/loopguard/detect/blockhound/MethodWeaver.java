package io.github.loopguard.detect.blockhound;

import java.util.List;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

import io.github.loopguard.detect.blockhound.HookPlan.Weave;

/**
 * Puts enter and exit hooks around the body of a method, so that a call is timed however
 * it ends. In a constructor that includes the arguments of the constructor it calls,
 * which need a handler of their own because there is no object yet.
 */
final class MethodWeaver extends MethodVisitor {

	private static final int FIRST_VERSION_WITH_FRAMES = Opcodes.V1_6;

	private static final String FILE_DESCRIPTOR = "java/io/FileDescriptor";

	private final List<Weave> weaves;

	private final boolean framed;

	private final Label start = new Label();

	private final Label initialized = new Label();

	private final Label end = new Label();

	private boolean constructing;

	private int pending;

	MethodWeaver(MethodVisitor delegate, List<Weave> weaves, boolean constructor, int classVersion) {
		super(Opcodes.ASM9, delegate);
		this.weaves = weaves;
		this.constructing = constructor;
		this.framed = (classVersion & 0xFFFF) >= FIRST_VERSION_WITH_FRAMES;
	}

	@Override
	public void visitCode() {
		super.visitCode();
		this.weaves.stream().filter(Weave::standardInput).forEach(this::enterOnStandardInput);
		for (Weave weave : this.weaves) {
			if (!weave.standardInput()) {
				HookCalls.emit(this.mv, weave.ends() ? HookCalls.EXIT : HookCalls.ENTER, weave.id());
			}
		}
		super.visitLabel(this.start);
		if (!this.constructing) {
			super.visitLabel(this.initialized);
		}
	}

	@Override
	public void visitTypeInsn(int opcode, String type) {
		super.visitTypeInsn(opcode, type);
		if (opcode == Opcodes.NEW) {
			this.pending++;
		}
	}

	@Override
	public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
		super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
		if (this.constructing && opcode == Opcodes.INVOKESPECIAL && "<init>".equals(name) && --this.pending < 0) {
			this.constructing = false;
			super.visitLabel(this.initialized);
		}
	}

	@Override
	public void visitInsn(int opcode) {
		if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
			exit();
		}
		super.visitInsn(opcode);
	}

	@Override
	public void visitMaxs(int maxStack, int maxLocals) {
		if (this.weaves.stream().anyMatch(MethodWeaver::exits)) {
			super.visitLabel(this.end);
			if (this.start.getOffset() < this.initialized.getOffset()) {
				Label handler = new Label();
				super.visitLabel(handler);
				handle(this.start, this.initialized, handler, Opcodes.UNINITIALIZED_THIS);
			}
			Label handler = new Label();
			super.visitLabel(handler);
			handle(this.initialized, this.end, handler);
		}
		super.visitMaxs(maxStack + 1 + HookCalls.STACK, maxLocals);
	}

	private void handle(Label from, Label to, Label handler, Object... locals) {
		super.visitTryCatchBlock(from, to, handler, null);
		if (this.framed) {
			super.visitFrame(Opcodes.F_FULL, locals.length, locals, 1, new Object[] { "java/lang/Throwable" });
		}
		exit();
		super.visitInsn(Opcodes.ATHROW);
	}

	/**
	 * Reads the stream's descriptor. Whoever ends the call need not: what was never
	 * entered is not ended.
	 */
	private void enterOnStandardInput(Weave weave) {
		Label other = new Label();
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitFieldInsn(Opcodes.GETFIELD, "java/io/FileInputStream", "fd", "L" + FILE_DESCRIPTOR + ";");
		super.visitFieldInsn(Opcodes.GETSTATIC, FILE_DESCRIPTOR, "in", "L" + FILE_DESCRIPTOR + ";");
		super.visitJumpInsn(Opcodes.IF_ACMPNE, other);
		HookCalls.emit(this.mv, HookCalls.ENTER, weave.id());
		super.visitLabel(other);
		super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
		super.visitInsn(Opcodes.NOP);
	}

	private void exit() {
		for (int i = this.weaves.size() - 1; i >= 0; i--) {
			if (exits(this.weaves.get(i))) {
				HookCalls.emit(this.mv, HookCalls.EXIT, this.weaves.get(i).id());
			}
		}
	}

	private static boolean exits(Weave weave) {
		return weave.returns() && !weave.ends();
	}

}
