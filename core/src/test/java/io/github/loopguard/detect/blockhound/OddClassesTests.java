package io.github.loopguard.detect.blockhound;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.annotation.AnnotatedClasses;
import io.github.loopguard.detect.annotation.AnnotatedHooks;
import io.github.loopguard.detect.installation.WovenRuntime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a hook is put on still loads and runs: with the hook, or left alone and
 * listed.
 */
class OddClassesTests {

	@TestFactory
	Stream<DynamicTest> methodIsWovenAndVerifies() {
		return tests(Shapes.methods(), (shape) -> assertWoven(shape, Shapes.TARGET));
	}

	@TestFactory
	Stream<DynamicTest> constructorIsWovenAndVerifies() {
		return tests(Shapes.constructors(), (shape) -> assertWoven(shape, Shapes.CONSTRUCTOR));
	}

	@TestFactory
	Stream<DynamicTest> methodThatGetsTooLargeIsLeftAlone() {
		return tests(Shapes.large(), (shape) -> assertThat(assertLeftAlone(shape, Shapes.TARGET)).contains("oo large"));
	}

	@TestFactory
	Stream<DynamicTest> constructorWithoutOneBeginningIsLeftAlone() {
		return tests(Shapes.scattered(), (shape) -> assertThat(assertLeftAlone(shape, Shapes.CONSTRUCTOR))
			.contains("it is not known where the body of a constructor begins"));
	}

	private static Stream<DynamicTest> tests(Map<String, byte[]> shapes, Check check) {
		return shapes.entrySet()
			.stream()
			.map((shape) -> DynamicTest.dynamicTest(shape.getKey(), () -> check.accept(shape.getValue())));
	}

	private static void assertWoven(byte[] classfile, String methodName) throws Exception {
		Loader loader = new Loader();
		HookWeaver weaver = weaver(methodName);
		byte[] woven = transform(weaver, loader, classfile);
		assertThat(weaver.failures().problems()).isEmpty();
		assertThat(woven).isNotNull();
		assertThat(loader.call(woven)).isEqualTo(7);
		assertThat(loader.reported(WovenRuntime.ENTER)).isOne();
		assertThat(loader.reported(WovenRuntime.EXIT)).isOne();
	}

	private static @Nullable String assertLeftAlone(byte[] classfile, String methodName) throws Exception {
		Loader loader = new Loader();
		HookWeaver weaver = weaver(methodName);
		assertThat(transform(weaver, loader, classfile)).isNull();
		assertThat(loader.call(classfile)).isEqualTo(7);
		return weaver.failures().reason("acme.Shape");
	}

	private static HookWeaver weaver(String methodName) {
		HookPlan plan = new HookPlan(List.of(Hook.added("http-request", "acme.Shape", methodName)));
		HookWeaver weaver = new HookWeaver(plan, AnnotatedClasses.of(new AnnotatedHooks(9)), (className, loader) -> {
		});
		weaver.arm(ApplicationPackages.NONE, HookCalls.DIRECT);
		return weaver;
	}

	private static byte @Nullable [] transform(HookWeaver weaver, ClassLoader loader, byte[] classfile) {
		return weaver.transform(loader, Shapes.NAME, null, null, classfile);
	}

	private interface Check {

		void accept(byte[] shape) throws Exception;

	}

	/**
	 * Defines a class beside a runtime class of BlockHound that only counts.
	 */
	private static final class Loader extends ClassLoader {

		private static final String RUNTIME = WovenRuntime.NAME.replace('/', '.');

		private final Class<?> runtime;

		Loader() {
			super(OddClassesTests.class.getClassLoader());
			byte[] counting = counting();
			this.runtime = defineClass(RUNTIME, counting, 0, counting.length);
		}

		Object call(byte[] classfile) throws Exception {
			return defineClass("acme.Shape", classfile, 0, classfile.length).getMethod("call").invoke(null);
		}

		int reported(String event) throws Exception {
			return this.runtime.getField(event).getInt(null);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			return name.equals(RUNTIME) ? this.runtime : super.loadClass(name, resolve);
		}

		private static byte[] counting() {
			ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
			writer.visit(Opcodes.V1_5, Opcodes.ACC_PUBLIC, WovenRuntime.NAME, null, "java/lang/Object", null);
			for (String event : List.of(WovenRuntime.ENTER, WovenRuntime.EXIT)) {
				writer.visitField(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, event, "I", null, null);
				MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, event,
						WovenRuntime.DESCRIPTOR, null, null);
				code.visitCode();
				code.visitFieldInsn(Opcodes.GETSTATIC, WovenRuntime.NAME, event, "I");
				code.visitInsn(Opcodes.ICONST_1);
				code.visitInsn(Opcodes.IADD);
				code.visitFieldInsn(Opcodes.PUTSTATIC, WovenRuntime.NAME, event, "I");
				code.visitInsn(Opcodes.RETURN);
				code.visitMaxs(0, 0);
				code.visitEnd();
			}
			writer.visitEnd();
			return writer.toByteArray();
		}

	}

}
