package io.github.loopguard.allowance;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.allowance.AllowanceStatus.State;

/**
 * Checks whether allowances and hooks can take effect. Reads class files and loads no
 * class. Reading blocks, so it must not be used on event loops.
 *
 * @since 0.1
 */
public final class AllowanceInspection {

	private static final int WITHOUT_BODY = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

	private final ClassLoader classLoader;

	/**
	 * Creates an inspection.
	 * @param classLoader reads class files
	 */
	public AllowanceInspection(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	/**
	 * Checks an allowance that is matched against stacks.
	 * @param allowance the allowance
	 * @return its status, or {@code null} if its library is absent
	 */
	public @Nullable AllowanceStatus ofStacks(Allowance allowance) {
		boolean configured = allowance.source().equals(Allowance.USER);
		return inspect(allowance, configured, (configured ? "It covers only calls that the method makes itself. " : "")
				+ "Matched by its name, it would hide ", 0L);
	}

	/**
	 * Checks an allowance that BlockHound or another integration sets.
	 * @param allowance the allowance
	 * @return its status, or {@code null} if its library is absent
	 */
	public @Nullable AllowanceStatus ofBlockHound(Allowance allowance) {
		if (allowance.methodName().equals("<init>")) {
			return new AllowanceStatus(allowance, State.NO_EFFECT, "BlockHound cannot allow a constructor", null);
		}
		return inspect(allowance, false, "It hides ", null);
	}

	/**
	 * Returns why a hook cannot be woven.
	 * @param className binary name of the class
	 * @param methodName name of the method
	 * @return the reason, or {@code null} if the method can be instrumented
	 */
	public @Nullable String missing(String className, String methodName) {
		Map<String, Boolean> methods = methods(className);
		if (methods == null) {
			return "there is no class " + className;
		}
		Boolean body = methods.get(methodName);
		return (body == null) ? className + " has no method " + methodName
				: body ? null : className + " declares " + methodName + " without a body";
	}

	private @Nullable AllowanceStatus inspect(Allowance allowance, boolean mustExist, String hides,
			@Nullable Long count) {
		Map<String, Boolean> methods = methods(allowance.className());
		if (methods == null) {
			return mustExist ? new AllowanceStatus(allowance, State.STALE,
					"There is no class " + allowance.className() + " on the class path", count) : null;
		}
		if (allowance.isOfClass()) {
			return new AllowanceStatus(allowance, State.LIVE, null, count);
		}
		Boolean body = methods.get(allowance.methodAlone());
		if (body == null) {
			return new AllowanceStatus(allowance, State.STALE,
					"This version of " + allowance.className() + " has no method " + allowance.methodAlone(), count);
		}
		if (allowance.call() != null && body) {
			return new AllowanceStatus(allowance, State.LIVE, null, count);
		}
		String hidden = BroadMethods.hiddenBy(allowance.className(), allowance.methodName());
		if (hidden != null && body) {
			return new AllowanceStatus(allowance, State.TOO_BROAD, hides + hidden, count);
		}
		return body ? new AllowanceStatus(allowance, State.LIVE, null, count) : new AllowanceStatus(allowance,
				State.NO_EFFECT, "The method has no body here, so nothing is called inside it", count);
	}

	/**
	 * Returns for each method that a class declares whether some overload has a body, or
	 * {@code null} if the class file cannot be read.
	 */
	private @Nullable Map<String, Boolean> methods(String className) {
		try (InputStream file = this.classLoader.getResourceAsStream(className.replace('.', '/') + ".class")) {
			if (file == null) {
				return null;
			}
			Map<String, Boolean> methods = new HashMap<>();
			new ClassReader(file.readAllBytes()).accept(new ClassVisitor(Opcodes.ASM9) {
				@Override
				public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
						@Nullable String signature, String @Nullable [] exceptions) {
					methods.merge(name, (access & WITHOUT_BODY) == 0, Boolean::logicalOr);
					return null;
				}
			}, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
			return methods;
		}
		catch (IOException | IllegalArgumentException ex) {
			return null;
		}
	}

}
