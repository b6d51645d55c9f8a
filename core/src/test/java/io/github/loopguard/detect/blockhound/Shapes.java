package io.github.loopguard.detect.blockhound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Class files that the JVM accepts and no present compiler writes. Each has a method
 * {@code call} that returns 7, after it has called {@code target} or a constructor.
 */
final class Shapes {

	static final String NAME = "acme/Shape";

	static final String TARGET = "target";

	static final String CONSTRUCTOR = "<init>";

	private static final String OBJECT = "java/lang/Object";

	private static final int STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

	private Shapes() {
	}

	/**
	 * Returns class files whose method {@link #TARGET} can be woven.
	 */
	static Map<String, byte[]> methods() {
		Map<String, byte[]> shapes = new LinkedHashMap<>();
		for (int version : new int[] { Opcodes.V1_1, Opcodes.V1_4, Opcodes.V1_5, Opcodes.V1_6 }) {
			shapes.put("version " + version + " without frames", method(version, Shapes::branches));
			shapes.put("version " + version + " with a subroutine", method(version, Shapes::subroutine));
			shapes.put("version " + version + " with code that nothing leads to", method(version, Shapes::unreachable));
			shapes.put("version " + version + " with a long jump", method(version, (code) -> jump(code, 50_000)));
		}
		shapes.put("a jump that gets too long", method(Opcodes.V1_8, (code) -> jump(code, 32_760)));
		shapes.put("a long method", method(Opcodes.V17, (code) -> jump(code, 65_000)));
		shapes.put("an endless loop that throws", method(Opcodes.V17, Shapes::endless));
		shapes.put("a method that begins in a loop", method(Opcodes.V17, Shapes::loop));
		shapes.put("an interface", type(Opcodes.V17, Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT, OBJECT,
				(writer) -> target(writer, Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, Shapes::branches)));
		shapes.put("a record", type(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_RECORD, "java/lang/Record",
				(writer) -> target(writer, STATIC | Opcodes.ACC_SYNCHRONIZED, Shapes::branches)));
		shapes.put("a sealed class", type(Opcodes.V17, 0, OBJECT, (writer) -> {
			writer.visitPermittedSubclass("acme/Permitted");
			target(writer, STATIC | Opcodes.ACC_STRICT, Shapes::branches);
		}));
		return shapes;
	}

	/**
	 * Returns class files whose method {@link #TARGET} gets too large.
	 */
	static Map<String, byte[]> large() {
		return Map.of("code", method(Opcodes.V1_5, (code) -> jump(code, 65_520)), "operand stack",
				type(Opcodes.V1_5, 0, OBJECT, 0, (writer) -> {
					MethodVisitor code = writer.visitMethod(STATIC, TARGET, "()V", null, null);
					code.visitCode();
					code.visitInsn(Opcodes.RETURN);
					code.visitMaxs(65_535, 0);
					code.visitEnd();
				}));
	}

	/**
	 * Returns class files whose constructor can be woven.
	 */
	static Map<String, byte[]> constructors() {
		return Map.of("a branch before the call", constructor(Opcodes.V17, (code) -> {
			Label other = new Label();
			Label both = new Label();
			code.visitVarInsn(Opcodes.ALOAD, 0);
			code.visitVarInsn(Opcodes.ILOAD, 1);
			code.visitJumpInsn(Opcodes.IFEQ, other);
			create(code, OBJECT);
			code.visitJumpInsn(Opcodes.GOTO, both);
			code.visitLabel(other);
			create(code, OBJECT);
			code.visitLabel(both);
			code.visitInsn(Opcodes.POP);
			code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, CONSTRUCTOR, "()V", false);
			code.visitInsn(Opcodes.RETURN);
		}), "a branch after the call", constructor(Opcodes.V1_5, (code) -> {
			Label end = new Label();
			construct(code);
			code.visitVarInsn(Opcodes.ILOAD, 1);
			code.visitJumpInsn(Opcodes.IFEQ, end);
			create(code, OBJECT);
			code.visitInsn(Opcodes.POP);
			code.visitLabel(end);
			code.visitInsn(Opcodes.RETURN);
		}));
	}

	/**
	 * Returns class files in which no place is known where the body of the constructor
	 * begins.
	 */
	static Map<String, byte[]> scattered() {
		Map<String, byte[]> shapes = new LinkedHashMap<>();
		for (int version : new int[] { Opcodes.V1_5, Opcodes.V17 }) {
			shapes.put(version + ": one of two calls", constructor(version, (code) -> {
				Label other = new Label();
				Label both = new Label();
				code.visitVarInsn(Opcodes.ILOAD, 1);
				code.visitJumpInsn(Opcodes.IFEQ, other);
				construct(code);
				code.visitJumpInsn(Opcodes.GOTO, both);
				code.visitLabel(other);
				construct(code);
				code.visitLabel(both);
				code.visitInsn(Opcodes.RETURN);
			}));
			shapes.put(version + ": one of two calls, by a switch", constructor(version, (code) -> {
				Label other = new Label();
				Label first = new Label();
				code.visitVarInsn(Opcodes.ILOAD, 1);
				code.visitTableSwitchInsn(0, 0, other, first);
				code.visitLabel(first);
				construct(code);
				code.visitInsn(Opcodes.RETURN);
				code.visitLabel(other);
				construct(code);
				code.visitInsn(Opcodes.RETURN);
			}));
			shapes.put(version + ": an exception before the call", constructor(version, (code) -> {
				Label start = new Label();
				Label end = new Label();
				Label handler = new Label();
				code.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
				code.visitLabel(start);
				code.visitVarInsn(Opcodes.ILOAD, 1);
				code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/String", "valueOf", "(I)Ljava/lang/String;",
						false);
				code.visitInsn(Opcodes.POP);
				code.visitLabel(end);
				construct(code);
				code.visitInsn(Opcodes.RETURN);
				code.visitLabel(handler);
				code.visitInsn(Opcodes.ATHROW);
			}));
			shapes.put(version + ": an object created once and constructed twice", constructor(version, (code) -> {
				Label other = new Label();
				Label both = new Label();
				code.visitTypeInsn(Opcodes.NEW, "java/lang/Integer");
				code.visitInsn(Opcodes.DUP);
				code.visitVarInsn(Opcodes.ILOAD, 1);
				code.visitJumpInsn(Opcodes.IFEQ, other);
				code.visitInsn(Opcodes.ICONST_1);
				code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Integer", CONSTRUCTOR, "(I)V", false);
				code.visitJumpInsn(Opcodes.GOTO, both);
				code.visitLabel(other);
				code.visitInsn(Opcodes.ICONST_2);
				code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Integer", CONSTRUCTOR, "(I)V", false);
				code.visitLabel(both);
				code.visitInsn(Opcodes.POP);
				construct(code);
				code.visitInsn(Opcodes.RETURN);
			}));
			shapes.put(version + ": no call at all", constructor(version, (code) -> {
				Label start = new Label();
				Label end = new Label();
				code.visitVarInsn(Opcodes.ILOAD, 1);
				code.visitJumpInsn(Opcodes.IFEQ, start);
				code.visitLabel(end);
				code.visitInsn(Opcodes.ACONST_NULL);
				code.visitInsn(Opcodes.ATHROW);
				code.visitLabel(start);
				code.visitJumpInsn(Opcodes.GOTO, end);
			}));
		}
		return shapes;
	}

	private static byte[] method(int version, Consumer<MethodVisitor> body) {
		return type(version, 0, OBJECT, (writer) -> target(writer, STATIC, body));
	}

	private static byte[] constructor(int version, Consumer<MethodVisitor> body) {
		return type(version, 0, OBJECT, (writer) -> {
			write(writer, Opcodes.ACC_PUBLIC, CONSTRUCTOR, "(I)V", body);
			write(writer, STATIC, TARGET, "()V", (code) -> {
				Label start = new Label();
				Label end = new Label();
				Label handler = new Label();
				code.visitTryCatchBlock(start, end, handler, "java/lang/NullPointerException");
				code.visitLabel(start);
				code.visitTypeInsn(Opcodes.NEW, NAME);
				code.visitInsn(Opcodes.DUP);
				code.visitInsn(Opcodes.ICONST_0);
				code.visitMethodInsn(Opcodes.INVOKESPECIAL, NAME, CONSTRUCTOR, "(I)V", false);
				code.visitInsn(Opcodes.POP);
				code.visitLabel(end);
				code.visitInsn(Opcodes.RETURN);
				code.visitLabel(handler);
				code.visitInsn(Opcodes.POP);
				code.visitInsn(Opcodes.RETURN);
			});
		});
	}

	private static byte[] type(int version, int access, String superName, Consumer<ClassWriter> members) {
		return type(version, access, superName,
				((version & 0xFFFF) > Opcodes.V1_6) ? ClassWriter.COMPUTE_FRAMES : ClassWriter.COMPUTE_MAXS, members);
	}

	private static byte[] type(int version, int access, String superName, int flags, Consumer<ClassWriter> members) {
		ClassWriter writer = new ClassWriter(flags);
		boolean classical = (access & Opcodes.ACC_INTERFACE) == 0;
		writer.visit(version, access | Opcodes.ACC_PUBLIC | (classical ? Opcodes.ACC_SUPER : 0), NAME, null, superName,
				null);
		members.accept(writer);
		MethodVisitor code = writer.visitMethod(STATIC, "call", "()I", null, null);
		code.visitCode();
		code.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, TARGET, "()V", !classical);
		code.visitIntInsn(Opcodes.BIPUSH, 7);
		code.visitInsn(Opcodes.IRETURN);
		code.visitMaxs(1, 0);
		code.visitEnd();
		writer.visitEnd();
		return writer.toByteArray();
	}

	private static void target(ClassWriter writer, int access, Consumer<MethodVisitor> body) {
		write(writer, access, TARGET, "()V", body);
	}

	private static void write(ClassWriter writer, int access, String name, String descriptor,
			Consumer<MethodVisitor> body) {
		MethodVisitor code = writer.visitMethod(access, name, descriptor, null, null);
		code.visitCode();
		body.accept(code);
		code.visitMaxs(0, 0);
		code.visitEnd();
	}

	private static void branches(MethodVisitor code) {
		Label start = new Label();
		Label end = new Label();
		Label handler = new Label();
		Label negative = new Label();
		code.visitTryCatchBlock(start, end, handler, "java/lang/NumberFormatException");
		code.visitLabel(start);
		code.visitLdcInsn("no number");
		code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "parseInt", "(Ljava/lang/String;)I", false);
		code.visitJumpInsn(Opcodes.IFLT, negative);
		code.visitLabel(end);
		code.visitInsn(Opcodes.RETURN);
		code.visitLabel(negative);
		code.visitInsn(Opcodes.ACONST_NULL);
		code.visitInsn(Opcodes.ATHROW);
		code.visitLabel(handler);
		code.visitInsn(Opcodes.POP);
		code.visitInsn(Opcodes.RETURN);
	}

	private static void subroutine(MethodVisitor code) {
		Label subroutine = new Label();
		code.visitInsn(Opcodes.ICONST_1);
		code.visitVarInsn(Opcodes.ISTORE, 1);
		code.visitJumpInsn(Opcodes.JSR, subroutine);
		code.visitLdcInsn("another type");
		code.visitVarInsn(Opcodes.ASTORE, 1);
		code.visitJumpInsn(Opcodes.JSR, subroutine);
		code.visitInsn(Opcodes.RETURN);
		code.visitLabel(subroutine);
		code.visitVarInsn(Opcodes.ASTORE, 0);
		code.visitVarInsn(Opcodes.RET, 0);
	}

	private static void unreachable(MethodVisitor code) {
		code.visitInsn(Opcodes.RETURN);
		code.visitInsn(Opcodes.POP);
		code.visitInsn(Opcodes.IADD);
		code.visitInsn(Opcodes.ATHROW);
	}

	private static void endless(MethodVisitor code) {
		Label start = new Label();
		Label end = new Label();
		Label again = new Label();
		Label handler = new Label();
		code.visitTryCatchBlock(start, end, handler, null);
		code.visitLabel(again);
		code.visitLabel(start);
		code.visitInsn(Opcodes.ACONST_NULL);
		code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, OBJECT, "hashCode", "()I", false);
		code.visitInsn(Opcodes.POP);
		code.visitJumpInsn(Opcodes.GOTO, again);
		code.visitLabel(end);
		code.visitLabel(handler);
		code.visitInsn(Opcodes.POP);
		code.visitInsn(Opcodes.RETURN);
	}

	private static void loop(MethodVisitor code) {
		Label again = new Label();
		code.visitLabel(again);
		code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "nanoTime", "()J", false);
		code.visitInsn(Opcodes.LCONST_0);
		code.visitInsn(Opcodes.LCMP);
		code.visitJumpInsn(Opcodes.IFEQ, again);
		code.visitInsn(Opcodes.RETURN);
	}

	/**
	 * Jumps over instructions.
	 * @param bytes their length
	 */
	private static void jump(MethodVisitor code, int bytes) {
		Label end = new Label();
		code.visitInsn(Opcodes.ICONST_0);
		code.visitJumpInsn(Opcodes.IFEQ, end);
		for (int i = 0; i < bytes; i++) {
			code.visitInsn(Opcodes.NOP);
		}
		code.visitLabel(end);
		code.visitInsn(Opcodes.RETURN);
	}

	private static void create(MethodVisitor code, String type) {
		code.visitTypeInsn(Opcodes.NEW, type);
		code.visitInsn(Opcodes.DUP);
		code.visitMethodInsn(Opcodes.INVOKESPECIAL, type, CONSTRUCTOR, "()V", false);
	}

	private static void construct(MethodVisitor code) {
		code.visitVarInsn(Opcodes.ALOAD, 0);
		code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, CONSTRUCTOR, "()V", false);
	}

}
