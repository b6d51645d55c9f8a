package io.github.loopguard.detect.installation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns references to native methods, such as {@code Thread::yield}, into lambdas, so
 * that the class has a call that can be woven. A reference is called by a class that the
 * JVM hides from agents.
 */
final class NativeReferences extends ClassVisitor {

	private static final int FIRST = 1_000_000;

	private final Set<String> natives;

	private final List<Reference> references = new ArrayList<>();

	private String className = "";

	private boolean ofInterface;

	private NativeReferences(ClassWriter writer, Set<String> natives) {
		super(Opcodes.ASM9, writer);
		this.natives = natives;
	}

	/**
	 * Returns the class file with lambdas in the place of references.
	 * @param classfile the original class file
	 * @param natives owner, name and descriptor of the native methods, as
	 * {@link MarkPlan#key} joins them
	 * @return the class file, or {@code null} if it has no such reference
	 */
	static byte @Nullable [] replace(byte[] classfile, Set<String> natives) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		NativeReferences visitor = new NativeReferences(writer, natives);
		reader.accept(visitor, 0);
		return visitor.references.isEmpty() ? null : writer.toByteArray();
	}

	@Override
	public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
		this.className = name;
		this.ofInterface = (access & Opcodes.ACC_INTERFACE) != 0;
		super.visit(version, access, name, signature, superName, interfaces);
	}

	@Override
	public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
			String[] exceptions) {
		return new References(super.visitMethod(access, name, descriptor, signature, exceptions),
				enclosing(name).replace("<init>", "new").replace("<clinit>", "static"));
	}

	/**
	 * Returns the method that a lambda's name tells, or the name of another method.
	 */
	private static String enclosing(String methodName) {
		int start = "lambda$".length();
		int end = methodName.lastIndexOf('$');
		return (methodName.startsWith("lambda$") && end > start) ? methodName.substring(start, end) : methodName;
	}

	@Override
	public void visitEnd() {
		this.references.forEach(this::write);
		super.visitEnd();
	}

	private void write(Reference reference) {
		MethodVisitor code = super.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
				reference.lambda.getName(), reference.lambda.getDesc(), null, null);
		code.visitCode();
		Label start = new Label();
		code.visitLabel(start);
		code.visitLineNumber(reference.line, start);
		int local = 0;
		for (Type type : Type.getArgumentTypes(reference.lambda.getDesc())) {
			code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
			local += type.getSize();
		}
		Handle method = reference.method;
		code.visitMethodInsn((method.getTag() == Opcodes.H_INVOKESTATIC) ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL,
				method.getOwner(), method.getName(), method.getDesc(), method.isInterface());
		Type result = Type.getReturnType(method.getDesc());
		code.visitInsn(result.getOpcode(Opcodes.IRETURN));
		code.visitMaxs(Math.max(local, result.getSize()), local);
		code.visitEnd();
	}

	private record Reference(Handle method, Handle lambda, int line) {
	}

	/**
	 * Replaces the references in one method.
	 */
	private final class References extends MethodVisitor {

		private final String methodName;

		private int line;

		References(@Nullable MethodVisitor delegate, String methodName) {
			super(Opcodes.ASM9, delegate);
			this.methodName = methodName;
		}

		@Override
		public void visitLineNumber(int line, Label start) {
			this.line = line;
			super.visitLineNumber(line, start);
		}

		@Override
		public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
			if (bootstrap.getName().equals("metafactory") && arguments.length == 3
					&& arguments[1] instanceof Handle method && arguments[2] instanceof Type type
					&& NativeReferences.this.natives
						.contains(MarkPlan.key(method.getOwner(), method.getName(), method.getDesc()))) {
				super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments[0],
						lambda(method, descriptor, type), type);
				return;
			}
			super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
		}

		private Handle lambda(Handle method, String captured, Type type) {
			String receiver = "";
			if (method.getTag() != Opcodes.H_INVOKESTATIC) {
				Type[] bound = Type.getArgumentTypes(captured);
				receiver = ((bound.length > 0) ? bound[0] : type.getArgumentTypes()[0]).getDescriptor();
			}
			List<Reference> all = NativeReferences.this.references;
			Handle lambda = new Handle(Opcodes.H_INVOKESTATIC, NativeReferences.this.className,
					"lambda$" + this.methodName + "$" + (FIRST + all.size()),
					"(" + receiver + method.getDesc().substring(1), NativeReferences.this.ofInterface);
			all.add(new Reference(method, lambda, this.line));
			return lambda;
		}

	}

}
