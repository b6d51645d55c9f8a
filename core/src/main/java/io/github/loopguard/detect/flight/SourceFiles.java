package io.github.loopguard.detect.flight;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Names of source files, which a recording does not have. They are read from class files,
 * never on an event loop.
 */
final class SourceFiles {

	private static final int MOST = 1_000;

	private final Map<String, Optional<String>> names = new ConcurrentHashMap<>();

	/**
	 * Returns the name of a class's source file.
	 * @param className binary name of the class
	 * @param loader finds its class file
	 * @return the name, or {@code null} if unknown
	 */
	@Nullable String of(String className, ClassLoader loader) {
		Optional<String> known = this.names.get(className);
		if (known == null) {
			if (this.names.size() >= MOST) {
				this.names.clear();
			}
			known = Optional.ofNullable(read(className, loader));
			this.names.put(className, known);
		}
		return known.orElse(null);
	}

	private static @Nullable String read(String className, ClassLoader loader) {
		try (InputStream file = loader.getResourceAsStream(className.replace('.', '/') + ".class")) {
			if (file == null) {
				return null;
			}
			SourceVisitor visitor = new SourceVisitor();
			new ClassReader(file).accept(visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
			return visitor.source;
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	private static final class SourceVisitor extends ClassVisitor {

		private @Nullable String source;

		private SourceVisitor() {
			super(Opcodes.ASM9);
		}

		@Override
		public void visitSource(@Nullable String source, @Nullable String debug) {
			this.source = source;
		}

	}

}
