package io.github.loopguard.detect.blockhound;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Restores the names of parameters, by which Spring binds properties and path variables.
 * JDKs before 19 drop them when a loaded class is retransformed
 * (<a href="https://bugs.openjdk.org/browse/JDK-8240908">JDK-8240908</a>), so they are
 * read from the original class file.
 */
final class ParameterNames {

	private static final boolean DROPPED = Runtime.version().feature() < 19;

	private ParameterNames() {
	}

	/**
	 * Returns a class file with the parameter names of the compiled class.
	 * @param type a loaded class
	 * @param classfile class file as the JVM passes it for retransformation
	 */
	static byte[] restore(Class<?> type, byte[] classfile) {
		byte[] compiled = (DROPPED && type.getClassLoader() != null) ? classfile(type) : null;
		return (compiled != null) ? restore(namesIn(compiled), classfile) : classfile;
	}

	/**
	 * Returns the original class file of a loaded class, or {@code null} if it cannot be
	 * read.
	 */
	static byte @Nullable [] classfile(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		String file = type.getName().replace('.', '/') + ".class";
		try (InputStream stream = (loader != null) ? loader.getResourceAsStream(file)
				: type.getModule().getResourceAsStream(file)) {
			return (stream != null) ? stream.readAllBytes() : null;
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	private static Map<String, List<Parameter>> namesIn(byte[] compiled) {
		Map<String, List<Parameter>> names = new HashMap<>();
		new ClassReader(compiled).accept(new ClassVisitor(Opcodes.ASM9) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				return new MethodVisitor(Opcodes.ASM9) {

					@Override
					public void visitParameter(String parameter, int access) {
						names.computeIfAbsent(name + descriptor, (key) -> new ArrayList<>())
							.add(new Parameter(parameter, access));
					}

				};
			}
		}, ClassReader.SKIP_CODE);
		return names;
	}

	private static byte[] restore(Map<String, List<Parameter>> names, byte[] classfile) {
		if (names.isEmpty()) {
			return classfile;
		}
		ClassWriter writer = new ClassWriter(0);
		new ClassReader(classfile).accept(new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
				names.getOrDefault(name + descriptor, List.of())
					.forEach((parameter) -> method.visitParameter(parameter.name, parameter.access));
				return method;
			}
		}, 0);
		return writer.toByteArray();
	}

	private record Parameter(@Nullable String name, int access) {
	}

}
