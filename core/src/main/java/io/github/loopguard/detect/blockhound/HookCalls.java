package io.github.loopguard.detect.blockhound;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Emits calls from woven code to BlockHound's runtime class, which is visible to every
 * class loader. BlockHound checks whether the thread is an event loop and whether an
 * allowance is in force, and then calls {@link HookCallback}.
 */
final class HookCalls {

	/**
	 * Passed to BlockHound in place of a class name, to recognise calls of hooks.
	 */
	static final String MARKER = "io.github.loopguard";

	static final String ENTER = "enter";

	static final String EXIT = "exit";

	/**
	 * Size of the operand stack that a call needs.
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
