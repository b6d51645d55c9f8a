package io.github.loopguard.detect.annotation;

import java.util.LinkedHashMap;
import java.util.Map;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Class files that make all code of this package run: an annotated generic interface and
 * a class that implements it.
 */
final class WarmUp {

	private static final String NAME = "com/example/WarmUp";

	private static final String OBJECT = "java/lang/Object";

	private static final String GENERIC = "(Ljava/lang/Object;)V";

	private static final String SPECIFIC = "(Ljava/lang/String;)V";

	private WarmUp() {
	}

	static Map<String, byte[]> classFiles() {
		Map<String, byte[]> files = new LinkedHashMap<>();
		files.put(NAME, annotated());
		files.put(NAME + "Impl", implementing());
		return files;
	}

	private static byte[] annotated() {
		ClassWriter writer = new ClassWriter(0);
		writer.visit(Opcodes.V17, Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT, NAME, null, OBJECT, null);
		writer.visitAnnotation("Lorg/jetbrains/annotations/Blocking;", false).visitEnd();
		MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "call", GENERIC, null,
				null);
		method.visitAnnotation("Lorg/jetbrains/annotations/Blocking;", false).visitEnd();
		method.visitEnd();
		writer.visitEnd();
		return writer.toByteArray();
	}

	private static byte[] implementing() {
		ClassWriter writer = new ClassWriter(0);
		writer.visit(Opcodes.V17, 0, NAME + "Impl", null, OBJECT, new String[] { NAME });
		MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "call", SPECIFIC, null, null);
		method.visitCode();
		method.visitInsn(Opcodes.RETURN);
		method.visitMaxs(0, 2);
		method.visitEnd();
		MethodVisitor bridge = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC,
				"call", GENERIC, null, null);
		bridge.visitCode();
		bridge.visitVarInsn(Opcodes.ALOAD, 0);
		bridge.visitInsn(Opcodes.ACONST_NULL);
		bridge.visitMethodInsn(Opcodes.INVOKEVIRTUAL, NAME + "Impl", "call", SPECIFIC, false);
		bridge.visitInsn(Opcodes.RETURN);
		bridge.visitMaxs(2, 2);
		bridge.visitEnd();
		writer.visitEnd();
		return writer.toByteArray();
	}

}
