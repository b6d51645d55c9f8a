package com.example.supervised;

import java.util.Map;

import com.example.joined.Fork;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack that is exhausted anywhere inside a hook or in the recorder costs what happens
 * there, and nothing afterwards.
 */
class ExhaustedStackTests {

	@Test
	void nextCallIsFoundAtOnce() throws Exception {
		Map<String, String> seen = Fork.run(StackProgram.class, "", "-Xss512k");
		String all = String.valueOf(StackProgram.TIMES);
		assertThat(seen).as(seen.toString())
			.containsEntry("state of a file", all)
			.containsEntry("listing a directory", all)
			.containsEntry("parking", all)
			.containsEntry("sleeping", all)
			.containsEntry("declared", all)
			.containsEntry("status", "ACTIVE");
	}

}
