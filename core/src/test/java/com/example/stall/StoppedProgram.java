package com.example.stall;

import java.util.concurrent.TimeUnit;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import io.github.loopguard.detect.loop.LoopState;

/**
 * Has event loops that always have something short to do, and tells what the monitor has
 * found whenever it is asked.
 */
public final class StoppedProgram {

	private StoppedProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		boolean collect = arguments.length > 0;
		Monitored monitored = new Monitored();
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("busy", true),
				NioIoHandler.newFactory());
		group.forEach((loop) -> loop.scheduleAtFixedRate(() -> Work.cool(1), 0, 3, TimeUnit.MILLISECONDS));
		monitored.awaitWatchedOrBusy("busy-");
		System.out.println("ready");
		while (System.in.read() >= 0) {
			if (collect) {
				Garbage.collect();
			}
			System.out.println("stopped " + monitored.monitor.stopped() + " turns "
					+ monitored.monitor.loops().stream().mapToLong(LoopState::turnsOverThreshold).sum() + " violations "
					+ monitored.ledger.violations());
		}
	}

	/**
	 * Makes the JVM stop for long.
	 */
	static final class Garbage {

		private static final Object[] ALIVE = fill();

		private Garbage() {
		}

		static void collect() throws InterruptedException {
			for (int i = 0; i < 3; i++) {
				System.gc();
				Thread.sleep(200);
			}
			ALIVE[0] = new Object();
		}

		private static Object[] fill() {
			Object[] alive = new Object[4_000_000];
			for (int i = 0; i < alive.length; i++) {
				alive[i] = new int[4];
			}
			return alive;
		}

	}

}
