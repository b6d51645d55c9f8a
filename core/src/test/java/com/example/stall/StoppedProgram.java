package com.example.stall;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import com.sun.management.HotSpotDiagnosticMXBean;
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
		Mode mode = (arguments.length > 0) ? Mode.valueOf(arguments[0]) : Mode.NOTHING;
		Monitored monitored = new Monitored();
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("busy", true),
				NioIoHandler.newFactory());
		int millis = (mode == Mode.COMPUTE) ? 20 : 1;
		group
			.forEach((loop) -> loop.scheduleAtFixedRate(() -> Work.cool(millis), 0, millis + 2, TimeUnit.MILLISECONDS));
		monitored.awaitWatchedOrBusy("busy-");
		System.out.println("ready");
		while (System.in.read() >= 0) {
			switch (mode) {
				case COLLECT -> Garbage.collect();
				case DUMP -> Garbage.dump();
				case COMPUTE, NOTHING -> {
				}
			}
			System.out.println("stopped " + monitored.monitor.stopped() + " turns "
					+ monitored.monitor.loops().stream().mapToLong(LoopState::turnsOverThreshold).sum() + " violations "
					+ monitored.ledger.violations());
		}
	}

	/**
	 * What the program does when it is asked.
	 */
	enum Mode {

		NOTHING, COLLECT, DUMP,

		/** Its loops compute nearly all of the time. */
		COMPUTE

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

		static void dump() throws Exception {
			Path directory = Files.createTempDirectory("stopped");
			Path file = directory.resolve("all.hprof");
			try {
				ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), false);
			}
			finally {
				Files.deleteIfExists(file);
				Files.delete(directory);
			}
			Thread.sleep(200);
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
