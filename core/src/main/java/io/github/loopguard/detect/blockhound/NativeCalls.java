package io.github.loopguard.detect.blockhound;

import java.util.HashSet;
import java.util.Set;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

import io.github.loopguard.detect.blockhound.HookPlan.CallSite;

/**
 * Finds calls of native methods of the JDK in the constant pool of a class, which is much
 * cheaper than reading its code.
 */
final class NativeCalls {

	private static final int METHOD_REFERENCE = 10;

	private NativeCalls() {
	}

	/**
	 * Returns which methods a class calls, by their keys.
	 * @param reader the class
	 * @param hooked methods to look for
	 * @param marked more of them
	 */
	static Set<String> in(ClassReader reader, Set<String> hooked, Set<String> marked) {
		if (hooked.isEmpty() && marked.isEmpty()) {
			return Set.of();
		}
		Set<String> present = new HashSet<>();
		char[] buffer = new char[reader.getMaxStringLength()];
		for (int i = 1; i < reader.getItemCount(); i++) {
			int offset = reader.getItem(i);
			if (offset == 0 || reader.readByte(offset - 1) != METHOD_REFERENCE) {
				continue;
			}
			String owner = reader.readClass(offset, buffer);
			if (!owner.startsWith("java/") && !owner.startsWith("jdk/")) {
				continue;
			}
			int nameAndType = reader.getItem(reader.readUnsignedShort(offset + 2));
			String key = CallSite.key(owner, reader.readUTF8(nameAndType, buffer),
					reader.readUTF8(nameAndType + 2, buffer));
			if (hooked.contains(key) || marked.contains(key)) {
				present.add(key);
			}
		}
		return present;
	}

	/**
	 * Returns which methods of a class call others, by name and descriptor.
	 * @param reader the class
	 * @param called the others, by their keys
	 */
	static Set<String> callers(ClassReader reader, Set<String> called) {
		Set<String> callers = new HashSet<>();
		if (!called.isEmpty()) {
			reader.accept(new ClassVisitor(Opcodes.ASM9) {
				@Override
				public MethodVisitor visitMethod(int access, String method, String methodDescriptor, String signature,
						String[] exceptions) {
					return new MethodVisitor(Opcodes.ASM9) {
						@Override
						public void visitMethodInsn(int opcode, String owner, String name, String descriptor,
								boolean isInterface) {
							if (called.contains(CallSite.key(owner, name, descriptor))) {
								callers.add(method + methodDescriptor);
							}
						}
					};
				}
			}, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		}
		return callers;
	}

}
