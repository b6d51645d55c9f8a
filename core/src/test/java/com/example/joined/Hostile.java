package com.example.joined;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicBoolean;

import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What is in the way of those who instrument classes.
 */
final class Hostile {

	private Hostile() {
	}

	/**
	 * Adds a method to a class whenever it is transformed again, which the JVM refuses.
	 */
	static void addMethods(String className) {
		Instrumentation instrumentation = ByteBuddyAgent.install();
		instrumentation.addTransformer(new ClassFileTransformer() {
			@Override
			public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain,
					byte[] classfile) {
				if (type == null || !type.getName().equals(className)) {
					return null;
				}
				ClassReader reader = new ClassReader(classfile);
				ClassWriter writer = new ClassWriter(reader, 0);
				reader.accept(writer, 0);
				writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "added", "()V", null, null).visitEnd();
				return writer.toByteArray();
			}
		}, true);
	}

	/**
	 * Installs BlockHound as a class loader sees it that does not see Loopguard. It was
	 * installed there before, so nothing happens.
	 */
	static void installElsewhere() throws Exception {
		URL jar = BlockHound.class.getProtectionDomain().getCodeSource().getLocation();
		ClassLoader loader = new URLClassLoader(new URL[] { jar }, ClassLoader.getPlatformClassLoader());
		Class<?> other = loader.loadClass(BlockHound.class.getName());
		Field initialized = other.getDeclaredField("INITIALIZED");
		initialized.setAccessible(true);
		((AtomicBoolean) initialized.get(null)).set(true);
		Object builder = other.getMethod("builder").invoke(null);
		builder.getClass().getMethod("install").invoke(builder);
	}

	/**
	 * A class that a transformer adds a method to.
	 */
	static final class Adapted {

		private Adapted() {
		}

		static void marked() {
		}

	}

	/**
	 * A class that calls a native method.
	 */
	static final class Caller {

		private Caller() {
		}

		static int call() {
			return Runtime.getRuntime().availableProcessors();
		}

	}

	/**
	 * Loads {@link Caller} and gives nobody its file.
	 */
	static final class Loader extends ClassLoader {

		Loader() {
			super(Hostile.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(Caller.class.getName())) {
				return super.loadClass(name, resolve);
			}
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] classfile = file.readAllBytes();
				return defineClass(name, classfile, 0, classfile.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

		@Override
		public InputStream getResourceAsStream(String name) {
			throw new IllegalStateException("closed");
		}

	}

	/**
	 * Marks what is hard to weave beside what is not.
	 */
	static final class Marks implements BlockHoundIntegration {

		@Override
		public void applyTo(BlockHound.Builder builder) {
			builder.markAsBlocking(Adapted.class, "marked", "()V")
				.markAsBlocking(Runtime.class, "availableProcessors", "()I");
		}

	}

}
