package io.github.loopguard.detect.stack;

import java.util.HashMap;
import java.util.Map;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;

/**
 * Finds where a class refers to methods. A reference that stands in several methods has
 * no place.
 */
final class ReferenceFinder extends ClassVisitor {

	private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

	private static final int METHOD_HANDLE = 15;

	private final String className;

	private final Map<String, Frame> found = new HashMap<>();

	private @Nullable String file;

	private ReferenceFinder(String className) {
		super(Opcodes.ASM9);
		this.className = className;
	}

	/**
	 * Returns the places by the name of the method that is referred to.
	 * @param className binary name of the class
	 * @param classfile its class file
	 */
	static Map<String, Frame> find(String className, byte[] classfile) {
		ClassReader reader = new ClassReader(classfile);
		if (!hasReferences(reader)) {
			return Map.of();
		}
		ReferenceFinder finder = new ReferenceFinder(className);
		reader.accept(finder, ClassReader.SKIP_FRAMES);
		return Map.copyOf(finder.found);
	}

	@Override
	public void visitSource(@Nullable String source, @Nullable String debug) {
		this.file = source;
	}

	@Override
	public MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
			String @Nullable [] exceptions) {
		return new MethodVisitor(Opcodes.ASM9) {

			private int line = -1;

			@Override
			public void visitLineNumber(int number, Label start) {
				this.line = number;
			}

			@Override
			public void visitInvokeDynamicInsn(String interfaceMethod, String type, Handle bootstrap,
					Object... arguments) {
				if (METAFACTORY.equals(bootstrap.getOwner()) && arguments[1] instanceof Handle handle
						&& !isBody(handle.getName())) {
					found(handle.getName(), name, this.line);
				}
			}

		};
	}

	private void found(String called, String method, int line) {
		Frame frame = Frame.of(new StackTraceElement(this.className, method, this.file, line));
		this.found.merge(called, frame,
				(one, other) -> String.valueOf(one.methodName()).equals(String.valueOf(other.methodName())) ? one
						: new Frame(this.className, null, this.file, -1));
	}

	/**
	 * Returns whether the class has a handle of a method that is not the body of a
	 * lambda. Much cheaper than reading its code.
	 */
	private static boolean hasReferences(ClassReader reader) {
		char[] buffer = new char[reader.getMaxStringLength()];
		for (int i = 1; i < reader.getItemCount(); i++) {
			int offset = reader.getItem(i);
			if (offset == 0 || reader.readByte(offset - 1) != METHOD_HANDLE) {
				continue;
			}
			int method = reader.getItem(reader.readUnsignedShort(offset + 1));
			String owner = reader.readClass(method, buffer);
			int nameAndType = reader.getItem(reader.readUnsignedShort(method + 2));
			if (!owner.startsWith("java/lang/invoke/") && !owner.equals("java/lang/runtime/ObjectMethods")
					&& !isBody(reader.readUTF8(nameAndType, buffer))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isBody(String methodName) {
		return methodName.startsWith("lambda$");
	}

}
