package io.github.loopguard.detect.stack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.detect.stack.StackReader.Seen;

/**
 * Where classes of the application refer to methods, such as
 * {@code accounts::findByName}. The class of such a lambda is all that is on the stack,
 * so what calls which method is noted when the class is defined.
 */
public final class MethodReferences {

	private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

	private static final int METHOD_HANDLE = 15;

	private static final int LIMIT = 16_384;

	/** Places by class and by the name of the method that is referred to. */
	private static final Map<String, Map<String, Frame>> PLACES = new ConcurrentHashMap<>();

	private static final LongAdder OTHERS = new LongAdder();

	private MethodReferences() {
	}

	/**
	 * Notes the method references of a class of the application, unless there are too
	 * many such classes.
	 * @param internalName internal name of the class
	 * @param classfile its class file
	 */
	public static void defined(String internalName, byte[] classfile) {
		String className = internalName.replace('/', '.');
		ClassReader reader = new ClassReader(classfile);
		if (!hasReferences(reader)) {
			// A restarted application may have had some before.
			PLACES.remove(className);
			return;
		}
		Places places = new Places(className);
		reader.accept(places, ClassReader.SKIP_FRAMES);
		if (PLACES.size() < LIMIT || PLACES.containsKey(className)) {
			PLACES.put(className, Map.copyOf(places.found));
		}
		else {
			OTHERS.increment();
		}
	}

	/**
	 * Returns how often a class with references was defined beyond the limit. Where they
	 * are called, the site is the class alone.
	 * @return the number since the start
	 */
	public static long others() {
		return OTHERS.sum();
	}

	/**
	 * Names the site; by the method that contains the reference if only the class of a
	 * lambda is on the stack.
	 * @param site the frame, or {@code null} for none
	 * @param frames from the leaf to the site
	 */
	static @Nullable Frame frame(@Nullable Seen site, List<Seen> frames) {
		if (site == null) {
			return null;
		}
		Frame frame = Frame.of(site.element());
		if (frame.methodName() != null || frames.size() < 2) {
			return frame;
		}
		Seen called = frames.get(Callers.called(frames, frames.size() - 1));
		Frame found = find(frame.className(), called.element().getMethodName());
		return (found != null) ? found : frame;
	}

	/**
	 * Returns the only place where a class refers to a method.
	 * @param className binary name of the class
	 * @param called name of the method
	 * @return the place, or {@code null} if none is known
	 */
	static @Nullable Frame find(String className, String called) {
		return PLACES.getOrDefault(className, Map.of()).get(called);
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

	/**
	 * Finds the references. One that stands in several methods has no place.
	 */
	private static final class Places extends ClassVisitor {

		private final String className;

		private final Map<String, Frame> found = new HashMap<>();

		private @Nullable String file;

		private Places(String className) {
			super(Opcodes.ASM9);
			this.className = className;
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

	}

}
