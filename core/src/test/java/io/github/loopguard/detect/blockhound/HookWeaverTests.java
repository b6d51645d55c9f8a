package io.github.loopguard.detect.blockhound;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.detect.annotation.AnnotatedClasses;
import io.github.loopguard.detect.annotation.AnnotatedHooks;
import io.github.loopguard.detect.blockhound.HookPlan.CallSite;
import io.github.loopguard.detect.installation.Mark;
import io.github.loopguard.detect.installation.MarkPlan;
import io.github.loopguard.detect.installation.WovenRuntime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A loaded class can get no methods, so it is transformed again as it was defined.
 */
class HookWeaverTests {

	private static final String NAME = Caller.class.getName().replace('.', '/');

	private static final Mark PROCESSORS = new Mark("java.lang.Runtime", "availableProcessors", "()I");

	private static final Mark FAILING = new Mark(Caller.class.getName(), "failing", "()V");

	private final HookWeaver weaver = new HookWeaver(new HookPlan(List.of()),
			AnnotatedClasses.of(new AnnotatedHooks(0)), (className, loader) -> {
			});

	private final byte[] classfile = classfile();

	HookWeaverTests() throws IOException {
	}

	@Test
	void classThatWasDefinedWithReplacedReferencesKeepsItsMethods() {
		this.weaver.arm(ApplicationPackages.NONE, HookCalls.CHECKED);
		this.weaver.marks(new MarkPlan(Set.of(PROCESSORS)));
		List<String> defined = methods(transform(null));
		assertThat(defined).hasSize(methods(this.classfile).size() + 1);
		assertThat(methods(transform(Caller.class))).isEqualTo(defined);
	}

	@Test
	void classThatCouldNotBeWovenWhenItWasDefinedGetsNoMethodLater() {
		this.weaver.arm(ApplicationPackages.NONE, HookCalls.CHECKED);
		this.weaver.marks(new MarkPlan(Set.of(PROCESSORS, FAILING)));
		assertThat(transform(null)).isNull();
		assertThat(this.weaver.failures().reason(Caller.class.getName())).contains("native method");
		this.weaver.marks(new MarkPlan(Set.of(PROCESSORS)));
		assertThat(methods(transform(Caller.class))).isEqualTo(methods(this.classfile));
	}

	/**
	 * The handler of a synchronized block covers itself.
	 */
	@Test
	void exitThatFailsInTheHandlerOfASynchronizedBlockDoesNotRunItForEver() {
		Map<String, CallSite> sites = Map.of(CallSite.key("java/lang/Runtime", "availableProcessors", "()I"),
				new CallSite(7, "java/lang/Runtime", "availableProcessors", "()I"));
		Covered covered = new Covered();
		new ClassReader(WeavingVisitor.weave(this.classfile, List.of(), sites, HookCalls.DIRECT, (id) -> {
		})).accept(covered, 0);
		assertThat(covered.exits).isPositive();
		assertThat(covered.again).isZero();
	}

	private byte[] transform(Class<?> loaded) {
		return this.weaver.transform(HookWeaverTests.class.getClassLoader(), NAME, loaded, null, this.classfile);
	}

	private static List<String> methods(byte[] classfile) {
		List<String> methods = new ArrayList<>();
		new ClassReader(classfile).accept(new ClassVisitor(Opcodes.ASM9) {
			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				methods.add(name + descriptor);
				return null;
			}
		}, 0);
		return methods;
	}

	private static byte[] classfile() throws IOException {
		try (InputStream file = Caller.class.getClassLoader().getResourceAsStream(NAME + ".class")) {
			return file.readAllBytes();
		}
	}

	/**
	 * Counts exits, and those that their own handler covers.
	 */
	private static final class Covered extends ClassVisitor {

		private int exits;

		private int again;

		Covered() {
			super(Opcodes.ASM9);
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
				String[] exceptions) {
			List<Label[]> ranges = new ArrayList<>();
			List<Label> passed = new ArrayList<>();
			List<Integer> exits = new ArrayList<>();
			return new MethodVisitor(Opcodes.ASM9) {
				@Override
				public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
					ranges.add(new Label[] { start, end, handler });
				}

				@Override
				public void visitLabel(Label label) {
					passed.add(label);
				}

				@Override
				public void visitMethodInsn(int opcode, String owner, String name, String descriptor,
						boolean isInterface) {
					if (owner.equals(WovenRuntime.NAME) && name.equals(WovenRuntime.EXIT)) {
						exits.add(passed.size());
					}
				}

				@Override
				public void visitEnd() {
					Covered.this.exits += exits.size();
					ranges.forEach((range) -> Covered.this.again += exits.stream()
						.filter((exit) -> exit > passed.indexOf(range[0]) && exit > passed.indexOf(range[2])
								&& exit <= passed.indexOf(range[1]))
						.count());
				}
			};
		}

	}

	static final class Caller {

		private Caller() {
		}

		static native void failing();

		static int guarded(Object lock) {
			synchronized (lock) {
				return Runtime.getRuntime().availableProcessors();
			}
		}

		static IntSupplier refer() {
			return Runtime.getRuntime()::availableProcessors;
		}

	}

}
