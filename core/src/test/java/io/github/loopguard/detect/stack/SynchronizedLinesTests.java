package io.github.loopguard.detect.stack;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SynchronizedLinesTests {

	private final SynchronizedLines lines = new SynchronizedLines();

	@Test
	void lineAfterTheBlocksOwnIsCorrected() {
		StackTraceElement inBlock = Blocks.one(new Object());
		assertThat(correct(inBlock)).isEqualTo(inBlock.getLineNumber() - 1);
		assertThat(correct(at(inBlock.getLineNumber() - 1))).isEqualTo(inBlock.getLineNumber() - 1);
	}

	@Test
	void lineThatMayBeMeantStays() {
		StackTraceElement inBlock = Blocks.nested(new Object(), new Object());
		assertThat(correct(at(inBlock.getLineNumber() - 1))).isEqualTo(inBlock.getLineNumber() - 1);
		assertThat(correct(inBlock)).isEqualTo(inBlock.getLineNumber() - 1);
	}

	@Test
	void onlyTheInnermostFrameIsCorrected() {
		StackTraceElement inBlock = Blocks.one(new Object());
		StackTraceElement other = at(3);
		assertThat(this.lines.correct(List.of(other, inBlock), null)).containsExactly(other, inBlock);
	}

	@Test
	void classWithoutFileStaysAsItIs() {
		List<StackTraceElement> stack = List
			.of(new StackTraceElement("com.acme.Generated", "run", "Generated.java", 7));
		assertThat(this.lines.correct(stack, null)).isEqualTo(stack);
	}

	private int correct(StackTraceElement shown) {
		return this.lines.correct(List.of(shown), null).get(0).getLineNumber();
	}

	private static StackTraceElement at(int line) {
		return new StackTraceElement(Blocks.class.getName(), "method", "SynchronizedLinesTests.java", line);
	}

	private static final class Blocks {

		private static StackTraceElement one(Object monitor) {
			synchronized (monitor) {
				return new Throwable().getStackTrace()[0];
			}
		}

		private static StackTraceElement nested(Object outer, Object inner) {
			synchronized (outer) {
				synchronized (inner) {
					return new Throwable().getStackTrace()[0];
				}
			}
		}

	}

}
