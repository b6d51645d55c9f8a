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
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * A BlockHound that keeps its tables under other names, as a later version may.
 */
final class OtherBlockHound {

	private static final String BUILDER = "reactor/blockhound/BlockHound$Builder";

	private OtherBlockHound() {
	}

	static Path make(Path original, Path folder) throws IOException {
		Path jar = folder.resolve("blockhound-9.9.9.jar");
		try (JarFile source = new JarFile(original.toFile());
				OutputStream file = Files.newOutputStream(jar);
				JarOutputStream target = new JarOutputStream(file, source.getManifest())) {
			for (JarEntry entry : source.stream()
				.filter((it) -> !it.getName().equals(JarFile.MANIFEST_NAME))
				.toList()) {
				target.putNextEntry(new JarEntry(entry.getName()));
				try (InputStream content = source.getInputStream(entry)) {
					byte[] bytes = content.readAllBytes();
					target.write(entry.getName().startsWith("reactor/blockhound/BlockHound$Builder") ? renamed(bytes)
							: bytes);
				}
			}
		}
		return jar;
	}

	private static byte[] renamed(byte[] classfile) {
		ClassWriter writer = new ClassWriter(0);
		new ClassReader(classfile).accept(new ClassRemapper(writer, new Remapper() {
			@Override
			public String mapFieldName(String owner, String name, String descriptor) {
				return owner.equals(BUILDER) && name.equals("blockingMethods") ? "marks" : name;
			}
		}), 0);
		return writer.toByteArray();
	}

}
