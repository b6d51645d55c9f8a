package io.github.loopguard.detect.blockhound;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.blockhound.HookPlan.CallSite;

/**
 * Puts enter and exit hooks around calls of native methods, which cannot be instrumented
 * themselves without a JVM flag. If such a call throws, the handler that catches the
 * exception reports the exit.
 */
final class CallSiteWeaver extends BodyVisitor {

	private final Map<String, CallSite> callSites;

	private final HookCalls calls;

	private final boolean framed;

	private final Set<Label> handlers = new HashSet<>();

	private final Label start = new Label();

	private final Label end = new Label();

	private boolean atHandler;

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
		this.handlers.add(handler);
		super.visitTryCatchBlock(start, end, handler, type);
	}

	@Override
	public void visitLabel(Label label) {
		super.visitLabel(label);
		if (this.handlers.contains(label)) {
			this.atHandler = true;
			if (!this.framed) {
				exitAtHandler();
			}
		}
	}

	@Override
	public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
		super.visitFrame(type, numLocal, local, numStack, stack);
		exitAtHandler();
	}

	@Override
	public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
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

	private void exitAtHandler() {
		if (this.atHandler) {
			this.atHandler = false;
			exitAll();
		}
	}

	private void exitAll() {
		for (CallSite site : this.callSites.values()) {
			this.calls.exit(this.mv, site.id());
		}
	}

}
