package io.github.loopguard.detect.blockhound;

import java.util.HashMap;
import java.util.Map;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the allowances of other integrations into the methods of one class, as
 * BlockHound does, but from the class file alone. BlockHound resolves every type that the
 * class refers to, which fails if another agent has added types that only that agent can
 * load.
 */
final class AllowingVisitor extends ClassVisitor {

	private final Map<String, Boolean> methods;

	private final Map<String, Integer> locals;

	private String className = "";

	private int version;

	private AllowingVisitor(ClassWriter writer, Map<String, Boolean> methods, Map<String, Integer> locals) {
		super(Opcodes.ASM9, writer);
		this.methods = methods;
		this.locals = locals;
	}

	/**
	 * Returns the class file with allowances.
	 * @param classfile the original class file
	 * @param methods names of methods, with whether they may block
	 */
	static byte[] weave(byte[] classfile, Map<String, Boolean> methods) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		reader.accept(new AllowingVisitor(writer, methods, locals(reader)), ClassReader.EXPAND_FRAMES);
		return writer.toByteArray();
	}

	@Override
	public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
		this.version = version;
		this.className = name;
		super.visit(version, access, name, signature, superName, interfaces);
	}

	@Override
	public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
			String[] exceptions) {
		MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
		Boolean allowed = this.methods.get(name);
		Integer local = this.locals.get(name + descriptor);
		if (allowed == null || local == null || (access & WeavingVisitor.WITHOUT_BODY) != 0 || "<init>".equals(name)) {
			return method;
		}
		String receiver = ((access & Opcodes.ACC_STATIC) != 0) ? null : this.className;
		return new AllowanceWeaver(method, allowed, local, receiver, descriptor, this.version);
	}

	/**
	 * Returns the number of local variables of each method that has code.
	 */
	private static Map<String, Integer> locals(ClassReader reader) {
		Map<String, Integer> locals = new HashMap<>();
		reader.accept(new ClassVisitor(Opcodes.ASM9) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				return new MethodVisitor(Opcodes.ASM9) {

					@Override
					public void visitMaxs(int maxStack, int maxLocals) {
						locals.put(name + descriptor, maxLocals);
					}

				};
			}
		}, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		return locals;
	}

}
