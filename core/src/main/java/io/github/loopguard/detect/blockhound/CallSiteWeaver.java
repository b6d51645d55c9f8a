package io.github.loopguard.detect.blockhound;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.blockhound.HookPlan.CallSite;

/**
 * Puts enter and exit hooks around calls of native methods, which cannot be instrumented
 * themselves without a JVM flag. If such a call throws, the handler that catches the
 * exception reports the exit first. Should the exit fail, for want of stack, the handler
 * goes on with that failure: that of a {@code synchronized} block still unlocks, and does
 * not begin again for ever if it covers itself.
 */
final class CallSiteWeaver extends BodyVisitor {

	private static final Runnable NO_FRAME = () -> {
	};

	private final Map<String, CallSite> callSites;

	private final HookCalls calls;

	private final boolean framed;

	/** Handlers, and the exit that is reported before each. */
	private final Map<Label, Exit> exits = new HashMap<>();

	/** Where ranges begin or end, and the same before an exit that is reported there. */
	private final Map<Label, Label> bounds = new HashMap<>();

	private final Set<Label> passed = new HashSet<>();

	private final Label start = new Label();

	private final Label end = new Label();

	/** A handler whose frame is not known yet. */
	private @Nullable Label handler;

	private final List<Integer> lines = new ArrayList<>();

	private boolean woven;

	/**
	 * Creates a weaver.
	 * @param delegate receives the woven method
	 * @param constructor whether the method is a constructor
	 * @param callSites the native methods that the class may call, by key
	 * @param calls how their hooks report
	 * @param framed whether the class file has frames
	 */
	CallSiteWeaver(MethodVisitor delegate, boolean constructor, Map<String, CallSite> callSites, HookCalls calls,
			boolean framed) {
		super(delegate, constructor);
		this.callSites = callSites;
		this.calls = calls;
		this.framed = framed;
	}

	@Override
	void begin() {
		super.visitLabel(this.start);
	}

	@Override
	public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
		if (this.passed.contains(handler)) {
			super.visitTryCatchBlock(start, end, handler, type);
			return;
		}
		Exit exit = this.exits.computeIfAbsent(handler, (key) -> new Exit());
		if (exit.types.add((type != null) ? type : "")) {
			super.visitTryCatchBlock(exit.start, exit.failed, exit.failed, type);
		}
		super.visitTryCatchBlock((start == handler) ? start : bound(start), bound(end), exit.start, type);
	}

	private Label bound(Label label) {
		return this.bounds.computeIfAbsent(label, (key) -> new Label());
	}

	@Override
	public void visitLabel(Label label) {
		atHandler(NO_FRAME);
		this.passed.add(label);
		Label bound = this.bounds.get(label);
		if (bound != null) {
			super.visitLabel(bound);
		}
		if (this.exits.containsKey(label)) {
			this.handler = label;
		}
		else {
			super.visitLabel(label);
		}
	}

	@Override
	public void visitLineNumber(int line, Label start) {
		if (start == this.handler) {
			this.lines.add(line);
		}
		else {
			super.visitLineNumber(line, start);
		}
	}

	@Override
	public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
		Runnable frame = () -> super.visitFrame(type, numLocal, local, numStack, stack);
		atHandler(frame);
		frame.run();
	}

	/**
	 * Reports the exit before a handler that has been reached. No exception leads to the
	 * handler itself any more: the JVM's first compiler refuses methods in which the same
	 * handler is reached both by an exception and otherwise.
	 * @param frame visits the handler's frame; classes from the JVM's archive have none
	 */
	private void atHandler(Runnable frame) {
		Label handler = this.handler;
		Exit exit = (handler != null) ? this.exits.get(handler) : null;
		if (handler != null && exit != null) {
			this.handler = null;
			super.visitLabel(exit.start);
			frame.run();
			exitAll();
			super.visitJumpInsn(Opcodes.GOTO, handler);
			super.visitLabel(exit.failed);
			frame.run();
			super.visitInsn(Opcodes.NOP);
			super.visitLabel(handler);
			this.lines.forEach((line) -> super.visitLineNumber(line, handler));
			this.lines.clear();
		}
	}

	@Override
	public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
		atHandler(NO_FRAME);
		CallSite site = hasBegun() ? this.callSites.get(CallSite.key(owner, name, descriptor)) : null;
		if (site != null) {
			this.woven = true;
			this.calls.enter(this.mv, site.id());
		}
		super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
		if (site != null) {
			this.calls.exit(this.mv, site.id());
		}
	}

	@Override
	public void visitInsn(int opcode) {
		atHandler(NO_FRAME);
		super.visitInsn(opcode);
	}

	@Override
	public void visitIntInsn(int opcode, int operand) {
		atHandler(NO_FRAME);
		super.visitIntInsn(opcode, operand);
	}

	@Override
	public void visitVarInsn(int opcode, int variable) {
		atHandler(NO_FRAME);
		super.visitVarInsn(opcode, variable);
	}

	@Override
	public void visitTypeInsn(int opcode, String type) {
		atHandler(NO_FRAME);
		super.visitTypeInsn(opcode, type);
	}

	@Override
	public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
		atHandler(NO_FRAME);
		super.visitFieldInsn(opcode, owner, name, descriptor);
	}

	@Override
	public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
		atHandler(NO_FRAME);
		super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
	}

	@Override
	public void visitJumpInsn(int opcode, Label label) {
		atHandler(NO_FRAME);
		super.visitJumpInsn(opcode, label);
	}

	@Override
	public void visitLdcInsn(Object value) {
		atHandler(NO_FRAME);
		super.visitLdcInsn(value);
	}

	@Override
	public void visitIincInsn(int variable, int increment) {
		atHandler(NO_FRAME);
		super.visitIincInsn(variable, increment);
	}

	@Override
	public void visitMaxs(int maxStack, int maxLocals) {
		if (this.woven) {
			super.visitLabel(this.end);
			super.visitTryCatchBlock(this.start, this.end, this.end, null);
			if (this.framed) {
				super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] { "java/lang/Throwable" });
			}
			exitAll();
			super.visitInsn(Opcodes.ATHROW);
		}
		int stack = maxStack + 1 + HookCalls.STACK;
		super.visitMaxs(this.woven ? checked(stack) : stack, maxLocals);
	}

	private void exitAll() {
		for (CallSite site : this.callSites.values()) {
			this.calls.exit(this.mv, site.id());
		}
	}

	/**
	 * An exit before a handler.
	 */
	private static final class Exit {

		private final Label start = new Label();

		/** Where the handler goes on with what the exit threw. */
		private final Label failed = new Label();

		/** What the handler catches. */
		private final Set<String> types = new HashSet<>();

	}

}
