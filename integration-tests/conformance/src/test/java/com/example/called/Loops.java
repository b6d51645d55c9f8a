package com.example.called;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs calls on an event loop.
 */
final class Loops {

	private Loops() {
	}

	static void install() {
		Loopguard.instance().install(ApplicationPackages.ofClass(Loops.class.getName()));
	}

	/**
	 * Returns what a call is reported as.
	 */
	static List<Violation> violations(Callable<?> call) throws Exception {
		EventLoop loop = new DefaultEventLoop();
		try {
			loop.submit(() -> null).get(30, TimeUnit.SECONDS);
			Loopguard.instance().ledger().clear();
			loop.submit(call).get(60, TimeUnit.SECONDS);
			return Loopguard.instance().ledger().violations();
		}
		finally {
			loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	/**
	 * Returns the only thing that a call is reported as.
	 */
	static Violation violation(Callable<?> call) throws Exception {
		List<Violation> violations = violations(call);
		assertThat(violations).hasSize(1);
		return violations.get(0);
	}

}
