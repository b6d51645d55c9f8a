package com.example.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/**
 * Reads from a class file on which lines a method makes a call.
 */
final class CallLines {

	private CallLines() {
	}

	/**
	 * Returns the lines.
	 * @param type class of the method
	 * @param methodName name of the method
	 * @param call what is called: class and method, of which the class only counts for
	 * constructors, because a call names the type of its receiver
	 * @return the lines of all such calls
	 */
	static Set<Integer> of(Class<?> type, String methodName, String call) {
		int dot = call.lastIndexOf('.');
		String owner = call.substring(0, dot);
		String called = call.substring(dot + 1);
		Set<Integer> lines = new TreeSet<>();
		try (InputStream classFile = type.getResourceAsStream(type.getSimpleName() + ".class")) {
			new ClassReader(classFile).accept(new ClassVisitor(SpringAsmInfo.ASM_VERSION) {
				@Override
				public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
						String[] exceptions) {
					return name.equals(methodName) ? new Calls(owner, called, lines) : null;
				}
			}, ClassReader.SKIP_FRAMES);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return lines;
	}

	private static final class Calls extends MethodVisitor {

		private final String owner;

		private final String called;

		private final Set<Integer> lines;

		private int line;

		private Calls(String owner, String called, Set<Integer> lines) {
			super(SpringAsmInfo.ASM_VERSION);
			this.owner = owner;
			this.called = called;
			this.lines = lines;
		}

		@Override
		public void visitLineNumber(int line, Label start) {
			this.line = line;
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			boolean matches = name.equals(this.called)
					&& (opcode != Opcodes.INVOKESPECIAL || owner.replace('/', '.').equals(this.owner));
			if (matches) {
				this.lines.add(this.line);
			}
		}

	}

}
