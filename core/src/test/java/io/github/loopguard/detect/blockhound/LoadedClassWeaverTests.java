package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.annotation.AnnotatedClasses;
import io.github.loopguard.detect.annotation.AnnotatedHooks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoadedClassWeaver}.
 */
class LoadedClassWeaverTests {

	private final List<List<Class<?>>> retransformed = new ArrayList<>();

	private final Loader loader = new Loader();

	/**
	 * A class of a framework that is for a library may be loaded where that is absent.
	 */
	@Test
	void classForAnAbsentLibraryIsNoFailureAndMakesNoOtherFail() {
		Class<?> whole = this.loader.define("Whole", "()V", "()V");
		Class<?> naming = this.loader.define("Naming", "(LAbsent;)V", "()V");
		Class<?> unlinkable = this.loader.define("Unlinkable", "()V", "(LAbsent;)Ljava/lang/Exception;");
		HookPlan plan = new HookPlan(Stream.of(whole, naming, unlinkable)
			.map((type) -> Hook.marked(type.getName(), "run", null).inLibrary())
			.toList());
		HookWeaver weaver = new HookWeaver(plan, AnnotatedClasses.of(new AnnotatedHooks(0)), (name, loader) -> {
		});
		new LoadedClassWeaver(instrumentation(), plan, weaver).weave(ApplicationPackages.NONE);
		assertThat(weaver.failures().problems()).isEmpty();
		assertThat(this.retransformed).filteredOn((classes) -> classes.contains(whole)).hasSize(1);
		assertThat(this.retransformed).filteredOn((classes) -> classes.contains(naming)).hasSize(1);
	}

	private Instrumentation instrumentation() {
		Instrumentation instrumentation = ByteBuddyAgent.install();
		return (Instrumentation) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Instrumentation.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("retransformClasses")) {
						this.retransformed.add(List.of((Class<?>[]) arguments[0]));
					}
					try {
						return method.invoke(instrumentation, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/**
	 * Loads classes that name an absent one.
	 */
	private static final class Loader extends ClassLoader {

		Class<?> define(String name, String constructor, String method) {
			ClassWriter writer = new ClassWriter(0);
			writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
			MethodVisitor creates = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", constructor, null, null);
			creates.visitCode();
			creates.visitVarInsn(Opcodes.ALOAD, 0);
			creates.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
			creates.visitInsn(Opcodes.RETURN);
			creates.visitMaxs(1, 2);
			creates.visitEnd();
			MethodVisitor runs = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", method, null, null);
			runs.visitCode();
			if (method.endsWith("V")) {
				runs.visitInsn(Opcodes.RETURN);
			}
			else {
				runs.visitVarInsn(Opcodes.ALOAD, 0);
				runs.visitInsn(Opcodes.ARETURN);
			}
			runs.visitMaxs(1, 1);
			runs.visitEnd();
			writer.visitEnd();
			byte[] classfile = writer.toByteArray();
			return defineClass(name, classfile, 0, classfile.length);
		}

	}

}
