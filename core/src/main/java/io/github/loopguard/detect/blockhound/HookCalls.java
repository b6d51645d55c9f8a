package io.github.loopguard.detect.blockhound;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Emits calls from woven code to BlockHound's runtime, the one class that every class
 * loader sees. BlockHound decides there whether the thread is an event loop and whether
 * an allowance is in force; then its callback comes to {@link HookCallback}.
 */
final class HookCalls {

	/**
	 * Stands where BlockHound passes the name of a class, and tells our calls from its
	 * own.
	 */
	static final String MARKER = "io.github.loopguard";

	static final String ENTER = "enter";

	static final String EXIT = "exit";

	/**
	 * Operand stack that a call needs.
	 */
	static final int STACK = 3;

	private static final int LAST_BYTE = 127;

	private HookCalls() {
	}

	static void emit(MethodVisitor code, String event, int id) {
		code.visitLdcInsn(MARKER);
		code.visitLdcInsn(event);
		code.visitIntInsn((id <= LAST_BYTE) ? Opcodes.BIPUSH : Opcodes.SIPUSH, id);
		code.visitMethodInsn(Opcodes.INVOKESTATIC, "reactor/blockhound/BlockHoundRuntime", "checkBlocking",
				"(Ljava/lang/String;Ljava/lang/String;I)V", false);
	}

}
