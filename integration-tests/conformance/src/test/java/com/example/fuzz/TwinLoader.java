package com.example.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * Defines the classes of the application again, in another package.
 */
final class TwinLoader extends ClassLoader {

	private static final Map<String, byte[]> CLASSFILES = new ConcurrentHashMap<>();

	private final String prefix;

	TwinLoader(String prefix) {
		super(TwinLoader.class.getClassLoader());
		this.prefix = prefix;
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!name.startsWith(this.prefix) || name.contains("$$")) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> known = findLoadedClass(name);
			if (known != null) {
				return known;
			}
			byte[] classfile = CLASSFILES.computeIfAbsent(name, (it) -> twin(it, this.prefix));
			return defineClass(name, classfile, 0, classfile.length);
		}
	}

	private static byte[] twin(String name, String prefix) {
		String from = Owner.WRITTEN.replace('.', '/');
		String to = prefix.replace('.', '/');
		String resource = from + name.substring(prefix.length()) + ".class";
		try (InputStream in = Objects.requireNonNull(TwinLoader.class.getClassLoader().getResourceAsStream(resource),
				resource)) {
			ClassWriter writer = new ClassWriter(0);
			new ClassReader(in).accept(new ClassRemapper(writer, new Remapper() {
				@Override
				public String map(String internalName) {
					return internalName.startsWith(from) ? to + internalName.substring(from.length()) : internalName;
				}
			}), 0);
			return writer.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
