package io.github.loopguard.allowance;

import java.util.List;

import io.github.loopguard.allowance.AllowList.Library;

/**
 * Allowances for methods in which an event loop waits for work. They are set in
 * BlockHound's builder, so that waiting costs nothing and is not counted.
 */
final class IdleAllowances {

	private static final Library JDK = AllowList.library("jdk");

	/** A method that JDK 22 introduced. */
	private static final Allowance SPIN = JDK.safe("jdk-fork-join-spin", "java.util.concurrent.ForkJoinPool#deactivate",
			"An idle thread spins before it waits for work, on JDK 22 and later");

	private IdleAllowances() {
	}

	static List<Allowance> list() {
		String idle = "An idle thread waits for work";
		return List.of(JDK.safe("jdk-pool-idle", "java.util.concurrent.ThreadPoolExecutor#getTask", idle),
				JDK.safe("jdk-fork-join-idle", "java.util.concurrent.ForkJoinPool#awaitWork", idle), SPIN,
				AllowList.library("netty-transport")
					.safe("netty-local-idle", "io.netty.channel.local.LocalIoHandler#run", idle),
				AllowList.library("kotlinx-coroutines-core")
					.safe("coroutines-timer-idle", "kotlinx.coroutines.DefaultExecutor#run",
							"An idle thread waits for work; what it runs is watched"));
	}

	/**
	 * Returns those whose methods this JDK has.
	 */
	static List<Allowance> inForce() {
		return list().stream().filter((it) -> it != SPIN || Runtime.version().feature() >= 22).toList();
	}

}
