package com.example.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A Byte Buddy that reads class files up to those of Java 16, as one of that time does.
 */
final class OldByteBuddy {

	private static final String READER = "net/bytebuddy/jar/asm/ClassReader.class";

	private OldByteBuddy() {
	}

	static Path make(Path original, Path folder) throws IOException {
		Path jar = folder.resolve("byte-buddy-1.0.jar");
		try (JarFile source = new JarFile(original.toFile());
				OutputStream file = Files.newOutputStream(jar);
				JarOutputStream target = new JarOutputStream(file)) {
			for (JarEntry entry : source.stream().filter((it) -> it.getName().startsWith("net/bytebuddy/")).toList()) {
				target.putNextEntry(new JarEntry(entry.getName()));
				try (InputStream content = source.getInputStream(entry)) {
					byte[] bytes = content.readAllBytes();
					target.write(entry.getName().equals(READER) ? old(bytes) : bytes);
				}
			}
		}
		return jar;
	}

	/**
	 * Replaces the newest version that the constructor accepts.
	 */
	private static byte[] old(byte[] classfile) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
				return "<init>".equals(name) ? new MethodVisitor(Opcodes.ASM9, method) {

					@Override
					public void visitIntInsn(int opcode, int operand) {
						super.visitIntInsn(opcode,
								(opcode == Opcodes.BIPUSH && operand > Opcodes.V16) ? Opcodes.V16 : operand);
					}
				} : method;
			}
		}, 0);
		return writer.toByteArray();
	}

}
