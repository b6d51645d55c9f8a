package io.github.loopguard.detect.stack;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Names the line of a {@code synchronized} block that a thread waits to enter. HotSpot's
 * interpreter is past the instruction by then (<a href=
 * "https://github.com/openjdk/jdk/blob/jdk-17+35/src/hotspot/cpu/x86/templateTable_x86.cpp">
 * {@code TemplateTable::monitorenter}</a>), so that stacks show the line of the next one.
 * Class files are read, so it is not to be used on event loops.
 */
public final class SynchronizedLines {

	private static final int MOST = 1_000;

	/** By the name of the class: the lines that are shown, and those that are meant. */
	private final Map<String, Map<Integer, Integer>> lines = new ConcurrentHashMap<>();

	/**
	 * Corrects the innermost line of a thread that waits to enter a monitor.
	 * @param stack its stack, from the innermost frame outwards
	 * @param loader finds the class file, or {@code null} for the application's loader
	 * @return the stack with the line of the {@code synchronized} block; unchanged where
	 * that is the one shown, or cannot be told
	 */
	public List<StackTraceElement> correct(List<StackTraceElement> stack, @Nullable ClassLoader loader) {
		StackTraceElement top = stack.get(0);
		if (top.getLineNumber() <= 0 || ClassProfiles.isJdk(top)) {
			return stack;
		}
		if (this.lines.size() >= MOST) {
			this.lines.clear();
		}
		Integer line = this.lines
			.computeIfAbsent(top.getClassName(),
					(name) -> Blocks.read(name, (loader != null) ? loader : ClassLoader.getSystemClassLoader()))
			.get(top.getLineNumber());
		if (line == null) {
			return stack;
		}
		List<StackTraceElement> corrected = new ArrayList<>(stack);
		corrected.set(0, new StackTraceElement(top.getClassLoaderName(), top.getModuleName(), top.getModuleVersion(),
				top.getClassName(), top.getMethodName(), top.getFileName(), line));
		return corrected;
	}

	/**
	 * The blocks of a class. Separate, because it loads classes of Byte Buddy.
	 */
	private static final class Blocks extends ClassVisitor {

		private final Map<Integer, Integer> lineByNext = new HashMap<>();

		/** Lines that may be meant when they are shown. */
		private final Set<Integer> own = new HashSet<>();

		Blocks() {
			super(Opcodes.ASM9);
		}

		static Map<Integer, Integer> read(String className, ClassLoader loader) {
			try (InputStream file = loader.getResourceAsStream(className.replace('.', '/') + ".class")) {
				if (file == null) {
					return Map.of();
				}
				Blocks blocks = new Blocks();
				new ClassReader(file).accept(blocks, ClassReader.SKIP_FRAMES);
				return blocks.lines();
			}
			catch (IOException | RuntimeException ex) {
				return Map.of();
			}
		}

		private Map<Integer, Integer> lines() {
			this.lineByNext.keySet().removeAll(this.own);
			return Map.copyOf(this.lineByNext);
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
				String @Nullable [] exceptions) {
			return new MethodVisitor(Opcodes.ASM9) {

				private int line;

				private boolean entered;

				@Override
				public void visitLineNumber(int number, Label start) {
					if (this.entered && Blocks.this.lineByNext.merge(number, this.line,
							(one, other) -> one.equals(other) ? one : -1) == -1) {
						Blocks.this.own.add(number);
					}
					this.entered = false;
					this.line = number;
				}

				@Override
				public void visitInsn(int opcode) {
					if (opcode == Opcodes.MONITORENTER) {
						Blocks.this.own.add(this.line);
						this.entered = true;
					}
				}

			};
		}

	}

}
