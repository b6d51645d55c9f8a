package io.github.loopguard.detect.blockhound;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Visits a method and tells where its body begins: in a constructor after the call of
 * another constructor, which no exception handler may span.
 */
abstract class BodyVisitor extends MethodVisitor {

	private boolean begun;

	private int instances;

	/**
	 * Creates a visitor.
	 * @param delegate receives the woven method
	 * @param constructor whether the method is a constructor
	 */
	BodyVisitor(MethodVisitor delegate, boolean constructor) {
		super(Opcodes.ASM9, delegate);
		this.begun = !constructor;
	}

	/**
	 * Called where the body begins.
	 */
	abstract void begin();

	final boolean hasBegun() {
		return this.begun;
	}

	@Override
	public void visitCode() {
		super.visitCode();
		if (this.begun) {
			begin();
		}
	}

	@Override
	public void visitTypeInsn(int opcode, String type) {
		super.visitTypeInsn(opcode, type);
		if (opcode == Opcodes.NEW) {
			this.instances++;
		}
	}

	@Override
	public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
		super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
		if (!this.begun && "<init>".equals(name) && this.instances-- == 0) {
			this.begun = true;
			begin();
		}
	}

}
