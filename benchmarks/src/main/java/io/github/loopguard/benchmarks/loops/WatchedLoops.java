package io.github.loopguard.benchmarks.loops;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.detect.loop.LoopState;
import io.github.loopguard.detect.loop.LoopState.State;

/**
 * Measures what the loop monitor costs that watches many event loops: the CPU time of the
 * whole JVM with it and without it, by turns, except for what compiling takes. The loops
 * are idle, or each does something short every 50 to 150 ms; they wait by epoll, as in an
 * application on Linux, or by the JDK's selector.
 */
public final class WatchedLoops {

	private static final double MOST = 1.5;

	private static final int WARM_UP_SECONDS = 10;

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final LoopMonitor monitor = new LoopMonitor(() -> null);

	private final int loops;

	private final int seconds;

	private final Transport transport;

	private final boolean busy;

	private volatile double result;

	private WatchedLoops(int loops, int seconds, Transport transport, boolean busy) {
		this.loops = loops;
		this.seconds = seconds;
		this.transport = transport;
		this.busy = busy;
	}

	/**
	 * Runs and prints the comparison.
	 * @param args how many loops, 256 if absent, how many turns, 8 if absent, how many
	 * seconds each takes, 5 if absent, and how they wait, {@code epoll} or {@code nio},
	 * both if absent
	 * @throws InterruptedException if it is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		int loops = (args.length > 0) ? Integer.parseInt(args[0]) : 256;
		int turns = (args.length > 1) ? Integer.parseInt(args[1]) : 8;
		int seconds = (args.length > 2) ? Integer.parseInt(args[2]) : 5;
		System.out.printf("JDK %s, %d loops, %d turns of %d s%n", Runtime.version(), loops, turns, seconds);
		boolean met = true;
		for (Transport transport : Transport.values()) {
			if (transport.isAvailable() && (args.length < 4 || transport.name().equalsIgnoreCase(args[3]))) {
				met &= new WatchedLoops(loops, seconds, transport, false).run(turns);
				met &= new WatchedLoops(loops, seconds, transport, true).run(turns);
			}
		}
		System.exit(met ? 0 : 1);
	}

	private boolean run(int turns) throws InterruptedException {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(this.loops,
				new DefaultThreadFactory(this.busy ? "busy" : "idle", true), this.transport.factory());
		try {
			group.forEach((loop) -> begin((EventLoop) loop));
			turn(true);
			warmUp();
			List<Double> added = new ArrayList<>();
			for (int i = 0; i < turns; i++) {
				double without = turn(false);
				double with = turn(true);
				added.add(with - without);
				System.out.printf("%s: %.2f %% of a core without, %.2f %% with%n", this, without, with);
			}
			double[] sorted = added.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			double median = sorted[sorted.length / 2];
			System.out.printf("%s: %.2f %% of a core added (median; %.2f to %.2f), at most %.1f%n", this, median,
					sorted[0], sorted[sorted.length - 1], MOST);
			return median <= MOST;
		}
		finally {
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
		}
	}

	/**
	 * Looks more often than usual, until the code is compiled.
	 */
	private void warmUp() throws InterruptedException {
		this.monitor.configure(new LoopMonitorSettings(true, Duration.ofMillis(10), Map.of(), Duration.ZERO, 0));
		TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
	}

	private void begin(EventLoop loop) {
		loop.execute(this.busy ? () -> work(loop) : () -> {
		});
	}

	private void work(EventLoop loop) {
		double value = this.result;
		for (int i = 0; i < 2_000; i++) {
			value = Math.sqrt(value + i);
		}
		this.result = value;
		loop.schedule(() -> work(loop), ThreadLocalRandom.current().nextInt(50, 150), TimeUnit.MILLISECONDS);
	}

	/**
	 * Returns the CPU time that was used, in percent of a core, without what compiling
	 * took: that ends some minutes after a start.
	 */
	private double turn(boolean watched) throws InterruptedException {
		LoopMonitorSettings settings = LoopMonitorSettings.DEFAULTS;
		this.monitor.configure(watched ? settings : LoopMonitorSettings.OFF);
		TimeUnit.SECONDS.sleep(2);
		long known = this.monitor.loops().stream().filter((loop) -> loop.state() != State.STALLED).count();
		if (known < (watched ? this.loops : 0)) {
			throw new IllegalStateException("Only " + known + " of " + this.loops + " loops are watched: "
					+ Arrays.toString(this.monitor.loops().stream().map(LoopState::name).toArray()));
		}
		long before = cpuTime();
		long start = System.nanoTime();
		Thread.sleep(Duration.ofSeconds(this.seconds).toMillis());
		return 100d * (cpuTime() - before) / (System.nanoTime() - start);
	}

	private long cpuTime() {
		long compiling = ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
		return this.system.getProcessCpuTime() - TimeUnit.MILLISECONDS.toNanos(compiling);
	}

	@Override
	public String toString() {
		return this.transport + ", " + (this.busy ? "busy" : "idle");
	}

	private enum Transport {

		EPOLL {
			@Override
			boolean isAvailable() {
				return Epoll.isAvailable();
			}

			@Override
			IoHandlerFactory factory() {
				return EpollIoHandler.newFactory();
			}
		},

		NIO {
			@Override
			boolean isAvailable() {
				return true;
			}

			@Override
			IoHandlerFactory factory() {
				return NioIoHandler.newFactory();
			}
		};

		abstract boolean isAvailable();

		abstract IoHandlerFactory factory();

	}

}
