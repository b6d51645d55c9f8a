package com.example.waiting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.example.waiting.JdkMethod.Call;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/**
 * A class of the JDK, as its class file has it.
 */
final class JdkClass {

	private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";

	private final Map<String, JdkMethod> methods = new LinkedHashMap<>();

	private final List<String> supertypes = new ArrayList<>();

	private String name = "";

	private int access;

	static JdkClass read(byte[] classFile) {
		JdkClass type = new JdkClass();
		new ClassReader(classFile).accept(type.new Reader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		return type;
	}

	String name() {
		return this.name;
	}

	String packageName() {
		return packageOf(this.name);
	}

	static String packageOf(String internalName) {
		return internalName.substring(0, Math.max(internalName.lastIndexOf('/'), 0));
	}

	List<String> supertypes() {
		return this.supertypes;
	}

	Map<String, JdkMethod> methods() {
		return this.methods;
	}

	/**
	 * Returns whether code of others may name it, if its package is exported.
	 */
	boolean isOpen() {
		return (this.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0;
	}

	private final class Reader extends ClassVisitor {

		private Reader() {
			super(SpringAsmInfo.ASM_VERSION);
		}

		@Override
		public void visit(int version, int access, String name, @Nullable String signature, @Nullable String superName,
				String @Nullable [] interfaces) {
			JdkClass.this.name = name;
			JdkClass.this.access = access;
			if (superName != null) {
				JdkClass.this.supertypes.add(superName);
			}
			if (interfaces != null) {
				JdkClass.this.supertypes.addAll(List.of(interfaces));
			}
		}

		@Override
		public void visitInnerClass(String name, @Nullable String outerName, @Nullable String innerName, int access) {
			if (name.equals(JdkClass.this.name)) {
				JdkClass.this.access = access;
			}
		}

		@Override
		public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
				@Nullable String signature, String @Nullable [] exceptions) {
			List<Call> calls = new ArrayList<>();
			JdkClass.this.methods.put(name + descriptor,
					new JdkMethod(JdkClass.this.name, name, descriptor, access, calls));
			return new Calls(calls);
		}

	}

	/**
	 * Notes calls. What a lambda does, its method is taken to do; what a privileged
	 * action does, whoever makes it.
	 */
	private static final class Calls extends MethodVisitor {

		private final List<Call> calls;

		private Calls(List<Call> calls) {
			super(SpringAsmInfo.ASM_VERSION);
			this.calls = calls;
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			boolean dynamic = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
			this.calls.add(new Call(owner, name, descriptor, dynamic));
			if (opcode == Opcodes.INVOKESPECIAL && "<init>".equals(name)) {
				this.calls.add(new Call(owner, CallGraph.PRIVILEGED, "", false));
			}
		}

		@Override
		public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
			if (bootstrap.getOwner().equals(LAMBDAS) && arguments[1] instanceof Handle handle) {
				boolean dynamic = handle.getTag() == Opcodes.H_INVOKEVIRTUAL
						|| handle.getTag() == Opcodes.H_INVOKEINTERFACE;
				this.calls.add(new Call(handle.getOwner(), handle.getName(), handle.getDesc(), dynamic));
			}
		}

	}

}
