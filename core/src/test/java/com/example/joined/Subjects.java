package com.example.joined;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What the program marks and allows.
 */
final class Subjects {

	private Subjects() {
	}

	static void marked() {
	}

	static void markedLate() {
	}

	static void allowing() throws Exception {
		allowing(() -> Thread.sleep(1));
	}

	static void allowing(Call call) throws Exception {
		call.run();
	}

	static void disallowing() throws InterruptedException {
		Thread.sleep(1);
	}

	static void allowingLate() throws InterruptedException {
		Thread.sleep(1);
	}

	/**
	 * A call that may block.
	 */
	interface Call {

		void run() throws Exception;

	}

	/**
	 * An integration such as libraries ship.
	 */
	static final class Integration implements BlockHoundIntegration {

		@Override
		public void applyTo(BlockHound.Builder builder) {
			builder.markAsBlocking(Subjects.class, "marked", "()V")
				.markAsBlocking(Thread.class, "setPriority0", "(I)V")
				.allowBlockingCallsInside(Subjects.class.getName(), "allowing")
				.disallowBlockingCallsInside(Subjects.class.getName(), "disallowing")
				.nonBlockingThreadPredicate((current) -> current.or(Loop.class::isInstance))
				.addDynamicThreadPredicate(Changing.class::isInstance)
				.nonBlockingThreadPredicate((current) -> current
					.or((thread) -> thread instanceof Changing changing && changing.nonBlocking));
		}

	}

	/**
	 * A thread that must not block because an integration says so.
	 */
	static class Loop extends Thread {

		Loop(Runnable task) {
			super(task, "loop-of-an-integration");
		}

	}

	/**
	 * A thread that must not block at some times.
	 */
	static class Changing extends Thread {

		final boolean nonBlocking;

		Changing(Runnable task, boolean nonBlocking) {
			super(task, "changing");
			this.nonBlocking = nonBlocking;
		}

	}

}
