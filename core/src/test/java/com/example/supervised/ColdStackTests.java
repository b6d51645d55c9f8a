package com.example.supervised;

import java.util.Map;

import com.example.joined.Fork;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack that is exhausted where an event loop blocks for the first time leaves nothing
 * broken that other event loops need.
 */
class ColdStackTests {

	@RepeatedTest(2)
	void everyCallIsFoundAfterwards() throws Exception {
		Map<String, String> seen = Fork.run(ColdStackProgram.class, "", "-Xss512k");
		String all = String.valueOf(2 * ColdStackProgram.TASKS);
		assertThat(seen).as(seen.toString())
			.containsEntry("java.io.File.exists", all)
			.containsEntry("java.io.File.list", all)
			.containsEntry("java.util.concurrent.locks.LockSupport.parkNanos", all)
			.containsEntry("java.lang.Thread.sleep", all)
			.containsEntry("failures", "0")
			.containsEntry("problem", "null");
	}

}
