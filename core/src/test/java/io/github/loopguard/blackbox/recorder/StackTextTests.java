package io.github.loopguard.blackbox.recorder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The frames that say what a loop does are kept, however deep the stack is.
 */
class StackTextTests {

	private static final StackTraceElement LOOP = new StackTraceElement("java.util.regex.Pattern$Loop", "match",
			"Pattern.java", 4_800);

	private static final StackTraceElement PLACE = new StackTraceElement("com.acme.Names", "check", "Names.java", 42);

	private static final StackTraceElement RUN = new StackTraceElement("java.lang.Thread", "run", null, -1);

	@Test
	void shortStackIsKept() {
		StackText text = StackText.of(List.of(LOOP, PLACE, RUN), Frame.of(PLACE));
		assertThat(text.frames()).containsExactly("java.util.regex.Pattern$Loop.match(Pattern.java:4800)",
				"com.acme.Names.check(Names.java:42)", "java.lang.Thread.run(Unknown Source)");
		assertThat(text.omitted()).isZero();
	}

	@Test
	void placeIsKeptBehindManyFrames() {
		List<StackTraceElement> stack = new ArrayList<>(Collections.nCopies(900, LOOP));
		stack.add(PLACE);
		stack.addAll(Collections.nCopies(100, RUN));
		StackText text = StackText.of(stack, Frame.of(PLACE));
		assertThat(text.frames()).hasSizeLessThan(128).contains("com.acme.Names.check(Names.java:42)");
		assertThat(text.frames().size() - 1 + text.omitted()).isEqualTo(stack.size());
	}

	@Test
	void stackWithoutAPlaceIsCutAtItsEnd() {
		StackText text = StackText.of(Collections.nCopies(500, RUN), null);
		assertThat(text.frames()).hasSize(64);
		assertThat(text.omitted()).isEqualTo(436);
		assertThat(StackText.of(List.of(), null).frames()).isEmpty();
	}

}
