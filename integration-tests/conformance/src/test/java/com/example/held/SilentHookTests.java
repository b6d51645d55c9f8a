package com.example.held;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a documented API that does not block costs no memory.
 */
class SilentHookTests {

	private static final int CALLS = 100_000;

	/** What the JVM itself may allocate meanwhile. */
	private static final long TOLERANCE = CALLS;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@BeforeAll
	static void install() {
		Loopguard.instance().install(ApplicationPackages.ofClass(SilentHookTests.class.getName()));
	}

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@ParameterizedTest
	@EnumSource
	void callThatDoesNotBlockAllocatesNothing(Loop loop) throws Exception {
		assertThat(loop.run(this::allocated)).isLessThan(TOLERANCE);
		assertThat(Loopguard.instance().ledger().violations()).isEmpty();
	}

	private long allocated() throws IOException {
		byte[] bytes = new byte[2 * CALLS];
		byte[] one = new byte[1];
		try (InputStream in = new BufferedInputStream(new ByteArrayInputStream(bytes))) {
			read(in, one);
			long before = this.threads.getCurrentThreadAllocatedBytes();
			read(in, one);
			return this.threads.getCurrentThreadAllocatedBytes() - before;
		}
	}

	private static void read(InputStream in, byte[] one) throws IOException {
		for (int i = 0; i < CALLS; i++) {
			in.read(one, 0, 1);
		}
	}

}
