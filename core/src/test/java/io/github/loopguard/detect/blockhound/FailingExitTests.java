package io.github.loopguard.detect.blockhound;

import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.example.joined.Fork;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where the exit of a native call fails because there is no stack left, the handler that
 * it precedes still runs, once; and the JVM still compiles the method.
 */
class FailingExitTests {

	/** How many bytes, and values on its stack, a method can have at most. */
	private static final int LARGEST = 65_535;

	@TestFactory
	Stream<DynamicTest> synchronizedBlockUnlocks() {
		return Stream.of(Opcodes.V1_5, Opcodes.V17)
			.flatMap((version) -> Locks.BLOCKS.entrySet()
				.stream()
				.map((block) -> DynamicTest.dynamicTest(version + ": " + block.getKey(),
						() -> assertUnlocks(Locks.block(version, block.getValue())))));
	}

	private static void assertUnlocks(byte[] original) throws Exception {
		Locks locks = new Locks(original);
		Object lock = new Object();
		assertThatThrownBy(() -> locks.run(lock)).isInstanceOf(StackOverflowError.class);
		assertThat(Thread.holdsLock(lock)).isFalse();
		assertThat(locks.exits()).as("before the handler and at the end of the method").isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3", "-XX:-TieredCompilation" })
	void synchronizedBlockIsCompiled(String compiler) throws Exception {
		String method = Locks.NAME + "::" + Locks.METHOD;
		String output = Fork.output(LocksProgram.class, "", compiler, "-Xcomp", "-Xbatch", "-XX:CompileCommand=quiet",
				"-XX:CompileCommand=compileonly," + method, "-XX:+PrintCompilation");
		assertThat(output.split(Pattern.quote(method))).as(output).hasSizeGreaterThan(Locks.BLOCKS.size());
		assertThat(output).doesNotContain("SKIPPED");
		assertThat(output.split(StackOverflowError.class.getName())).as(output).hasSize(Locks.BLOCKS.size() + 1);
	}

	@ParameterizedTest
	@ValueSource(ints = { Opcodes.V1_5, Opcodes.V17 })
	void handlerOfAllExceptionsCatchesTheFailure(int version) throws Exception {
		Locks locks = new Locks(Locks.type(version, (writer) -> {
			MethodVisitor code = writer.visitMethod(Locks.STATIC, Locks.METHOD, Locks.PARAMETERS, null, null);
			Label body = new Label();
			Label left = new Label();
			Label handler = new Label();
			code.visitCode();
			code.visitTryCatchBlock(body, left, handler, "java/lang/Throwable");
			code.visitLabel(body);
			Locks.call(code);
			code.visitLabel(left);
			code.visitInsn(Opcodes.RETURN);
			code.visitLabel(handler);
			code.visitInsn(Opcodes.POP);
			code.visitInsn(Opcodes.RETURN);
			code.visitMaxs(0, 0);
			code.visitEnd();
		}));
		assertThatCode(() -> locks.run(new Object())).doesNotThrowAnyException();
		assertThat(locks.exits()).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { Opcodes.V1_5, Opcodes.V17 })
	void methodThatCallsNothingMayBeAsLargeAsItWas(int version) {
		Locks locks = new Locks(Locks.type(version, 0, (writer) -> {
			MethodVisitor caller = writer.visitMethod(Locks.STATIC, "caller", "()V", null, null);
			caller.visitCode();
			Locks.call(caller);
			caller.visitInsn(Opcodes.RETURN);
			caller.visitMaxs(1, 0);
			caller.visitEnd();
			MethodVisitor large = writer.visitMethod(Locks.STATIC, Locks.METHOD, Locks.PARAMETERS, null, null);
			large.visitCode();
			Label body = new Label();
			Label left = new Label();
			large.visitTryCatchBlock(body, left, left, "java/lang/Exception");
			large.visitLabel(body);
			for (int i = 0; i < LARGEST - 2; i++) {
				large.visitInsn(Opcodes.ICONST_0);
			}
			large.visitInsn(Opcodes.RETURN);
			large.visitLabel(left);
			if (version > Opcodes.V1_6) {
				large.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] { "java/lang/Exception" });
			}
			large.visitInsn(Opcodes.ATHROW);
			large.visitMaxs(LARGEST, 1);
			large.visitEnd();
		}));
		assertThatCode(() -> locks.run("7")).doesNotThrowAnyException();
	}

}
