package io.github.loopguard.detect.blockhound;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

import io.github.loopguard.detect.installation.WovenRuntime;

/**
 * Emits calls from woven code to BlockHound's runtime class, which is visible to every
 * class loader. It checks whether the thread is an event loop and whether an allowance is
 * in force, and then calls {@link HookCallback}.
 */
enum HookCalls {

	/**
	 * Calls of BlockHound's own method.
	 */
	CHECKED,

	/**
	 * Calls of the methods that are woven into the class, which allocate nothing.
	 */
	DIRECT;

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

	void enter(MethodVisitor code, int id) {
		emit(code, ENTER, WovenRuntime.ENTER, id);
	}

	void exit(MethodVisitor code, int id) {
		emit(code, EXIT, WovenRuntime.EXIT, id);
	}

	private void emit(MethodVisitor code, String event, String method, int id) {
		if (this == CHECKED) {
			code.visitLdcInsn(MARKER);
			code.visitLdcInsn(event);
		}
		code.visitIntInsn((id <= LAST_BYTE) ? Opcodes.BIPUSH : Opcodes.SIPUSH, id);
		code.visitMethodInsn(Opcodes.INVOKESTATIC, WovenRuntime.NAME, (this == CHECKED) ? "checkBlocking" : method,
				(this == CHECKED) ? "(Ljava/lang/String;Ljava/lang/String;I)V" : WovenRuntime.DESCRIPTOR, false);
	}

}
