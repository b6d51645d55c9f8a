package io.github.loopguard.detect.blockhound;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Visits a method and tells where its body begins: in a constructor after the call of
 * another constructor, which no exception handler may span. What is woven by it verifies
 * if the original does.
 */
abstract class BodyVisitor extends MethodVisitor {

	private static final int LIMIT = 65_535;

	private final boolean constructor;

	private boolean begun;

	private int instances;

	private int ranges;

	/** Where code before the body may go on. */
	private final Set<Label> targets = new HashSet<>();

	private final Map<Label, Set<Label>> handlers = new HashMap<>();

	private boolean scattered;

	/**
	 * Creates a visitor.
	 * @param delegate receives the woven method
	 * @param constructor whether the method is a constructor
	 */
	BodyVisitor(MethodVisitor delegate, boolean constructor) {
		super(Opcodes.ASM9, delegate);
		this.constructor = constructor;
		this.begun = !constructor;
	}

	/**
	 * Called where the body begins.
	 */
	abstract void begin();

	final boolean hasBegun() {
		return this.begun;
	}

	/**
	 * Checks that the woven method verifies.
	 * @param maxStack size of the operand stack that it needs
	 * @return the same
	 * @throws IllegalStateException if it does not, or it is not known
	 */
	final int checked(int maxStack) {
		if (!this.begun || this.scattered) {
			throw new IllegalStateException("it is not known where the body of a constructor begins");
		}
		if (maxStack > LIMIT || this.ranges > LIMIT) {
			throw new IllegalStateException("a method is too large");
		}
		return maxStack;
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
		if (!this.constructor || !"<init>".equals(name) || this.instances-- > 0) {
			return;
		}
		this.instances = 0;
		this.scattered |= this.begun;
		if (!this.begun) {
			this.begun = true;
			begin();
		}
	}

	@Override
	public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
		this.ranges++;
		if (!this.begun) {
			this.handlers.computeIfAbsent(start, (key) -> new HashSet<>()).add(handler);
		}
		super.visitTryCatchBlock(start, end, handler, type);
	}

	@Override
	public void visitJumpInsn(int opcode, Label label) {
		leadsTo(label);
		super.visitJumpInsn(opcode, label);
	}

	@Override
	public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
		leadsTo(otherwise, labels);
		super.visitTableSwitchInsn(min, max, otherwise, labels);
	}

	@Override
	public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
		leadsTo(otherwise, labels);
		super.visitLookupSwitchInsn(otherwise, keys, labels);
	}

	@Override
	public void visitLabel(Label label) {
		if (!this.begun) {
			this.targets.addAll(this.handlers.getOrDefault(label, Set.of()));
		}
		this.scattered |= this.begun && this.targets.contains(label);
		super.visitLabel(label);
	}

	private void leadsTo(Label label, Label... labels) {
		if (!this.begun) {
			this.targets.add(label);
			this.targets.addAll(List.of(labels));
		}
	}

}
