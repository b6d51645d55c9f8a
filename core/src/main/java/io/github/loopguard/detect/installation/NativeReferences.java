package io.github.loopguard.detect.installation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
 * that there is a call that can be woven. A reference is called by a class that the JVM
 * hides from agents. The lambdas are methods of the class itself or, because a loaded
 * class cannot get any, of a companion in its package.
 */
final class NativeReferences extends ClassVisitor {

	private static final int FIRST = 1_000_000;

	private final Set<String> natives;

	private final @Nullable Companion companion;

	private final List<Reference> references = new ArrayList<>();

	private String className = "";

	private boolean ofInterface;

	private @Nullable String file;

	private NativeReferences(@Nullable ClassWriter writer, Set<String> natives, @Nullable Companion companion) {
		super(Opcodes.ASM9, writer);
		this.natives = natives;
		this.companion = companion;
	}

	/**
	 * Returns the class file with lambdas in the place of references.
	 * @param classfile the original class file
	 * @param natives owner, name and descriptor of the native methods, as
	 * {@link MarkPlan#key} joins them
	 * @return the class file; the same object if it has no such reference
	 */
	static byte[] replace(byte[] classfile, Set<String> natives) {
		return replace(classfile, natives, null);
	}

	/**
	 * Returns the class file of a loaded class with lambdas of its companion in the place
	 * of references.
	 * @param classfile the original class file
	 * @param companion has the lambdas
	 * @return the class file; the same object if it has no such reference
	 */
	static byte[] replace(byte[] classfile, Companion companion) {
		return replace(classfile, companion.natives, companion);
	}

	private static byte[] replace(byte[] classfile, Set<String> natives, @Nullable Companion companion) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		NativeReferences visitor = new NativeReferences(writer, natives, companion);
		reader.accept(visitor, 0);
		return visitor.references.isEmpty() ? classfile : writer.toByteArray();
	}

	/**
	 * Returns the companion of a loaded class.
	 * @param classfile its original class file
	 * @param natives as in {@link #replace(byte[], Set)}
	 * @param number tells it from other companions of the class
	 * @return the companion, or {@code null} if the class has no such reference
	 */
	static @Nullable Companion companion(byte[] classfile, Set<String> natives, int number) {
		NativeReferences visitor = new NativeReferences(null, natives, null);
		new ClassReader(classfile).accept(visitor, ClassReader.SKIP_FRAMES);
		return visitor.references.isEmpty() ? null : visitor.companion(number);
	}

	private Companion companion(int number) {
		String name = this.className + "$$References" + number;
		ClassWriter writer = new ClassWriter(0);
		writer.visit(Opcodes.V1_8, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC, name, null,
				"java/lang/Object", null);
		writer.visitSource(this.file, null);
		this.references.forEach((reference) -> write(writer, reference, 0));
		writer.visitEnd();
		Map<String, Handle> lambdas = this.references.stream()
			.collect(Collectors.toUnmodifiableMap(Reference::place, (reference) -> new Handle(Opcodes.H_INVOKESTATIC,
					name, reference.lambda.getName(), reference.lambda.getDesc(), false)));
		return new Companion(Set.copyOf(this.natives), lambdas, writer.toByteArray());
	}

	@Override
	public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
		this.className = name;
		this.ofInterface = (access & Opcodes.ACC_INTERFACE) != 0;
		super.visit(version, access, name, signature, superName, interfaces);
	}

	@Override
	public void visitSource(@Nullable String source, @Nullable String debug) {
		this.file = source;
		super.visitSource(source, debug);
	}

	@Override
	public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
			String[] exceptions) {
		return new References(super.visitMethod(access, name, descriptor, signature, exceptions),
				enclosing(name).replace("<init>", "new").replace("<clinit>", "static"), name + descriptor);
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
		if (this.cv != null && this.companion == null) {
			this.references.forEach((reference) -> write(this.cv, reference, Opcodes.ACC_PRIVATE));
		}
		super.visitEnd();
	}

	private static void write(ClassVisitor owner, Reference reference, int access) {
		MethodVisitor code = owner.visitMethod(access | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
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

	/**
	 * A reference.
	 *
	 * @param method the native method
	 * @param lambda what is in its place
	 * @param place tells it from others in the class, whose methods the JVM does not keep
	 * in order
	 * @param line its line
	 */
	private record Reference(Handle method, Handle lambda, String place, int line) {
	}

	/**
	 * A class with the lambdas of a loaded class.
	 *
	 * @param natives the native methods that the lambdas call
	 * @param lambdas the lambdas by the places of the references
	 * @param classfile its class file
	 */
	record Companion(Set<String> natives, Map<String, Handle> lambdas, byte[] classfile) {
	}

	/**
	 * Replaces the references in one method.
	 */
	private final class References extends MethodVisitor {

		private final String enclosing;

		private final String methodName;

		private int count;

		private int line;

		References(@Nullable MethodVisitor delegate, String enclosing, String methodName) {
			super(Opcodes.ASM9, delegate);
			this.enclosing = enclosing;
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
				String place = this.methodName + " " + this.count++ + " " + method + " " + descriptor;
				Companion companion = NativeReferences.this.companion;
				Handle lambda = (companion != null) ? companion.lambdas.get(place) : lambda(method, descriptor, type);
				if (lambda != null) {
					NativeReferences.this.references.add(new Reference(method, lambda, place, this.line));
					super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments[0], lambda, type);
					return;
				}
			}
			super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
		}

		private Handle lambda(Handle method, String captured, Type type) {
			String receiver = "";
			if (method.getTag() != Opcodes.H_INVOKESTATIC) {
				Type[] bound = Type.getArgumentTypes(captured);
				receiver = ((bound.length > 0) ? bound[0] : type.getArgumentTypes()[0]).getDescriptor();
			}
			return new Handle(Opcodes.H_INVOKESTATIC, NativeReferences.this.className,
					"lambda$" + this.enclosing + "$" + (FIRST + NativeReferences.this.references.size()),
					"(" + receiver + method.getDesc().substring(1), NativeReferences.this.ofInterface);
		}

	}

}
