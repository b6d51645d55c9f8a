package io.github.loopguard.benchmarks.bridge.disconnect;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;

/**
 * A server whose routes use lanes, and clients that cut their connections at random
 * moments: after each round every lane is idle, has counted everything and has closed
 * every resource.
 */
public final class DisconnectStress {

	private static final int CLIENTS = 16;

	private static final long ROUND_SECONDS = 10;

	private static final long TOO_LONG_SECONDS = 60;

	private DisconnectStress() {
	}

	/**
	 * Runs the rounds; the exit code is 1 if one leaves something behind.
	 * @param args how many seconds, 600 by default, and the seed
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		long seconds = (args.length > 0) ? Long.parseLong(args[0]) : 600;
		long seed = (args.length > 1) ? Long.parseLong(args[1]) : System.nanoTime();
		System.out.printf("JDK %s, %d s, seed %d%n", Runtime.version(), seconds, seed);
		logOnlyBridge();
		boolean clean = true;
		try (BlockingBridge bridge = DisconnectServer.bridge()) {
			DisposableServer server = DisconnectServer.start(bridge);
			Random random = new Random(seed);
			for (long left = seconds; left > 0 && clean; left -= ROUND_SECONDS) {
				clean = round(server.port(), random, Math.min(left, ROUND_SECONDS)) && idle(bridge);
			}
			server.disposeNow();
		}
		System.exit(clean ? 0 : 1);
	}

	/**
	 * The server and its connections complain about every cut, each in its own words.
	 */
	private static void logOnlyBridge() {
		((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
		((Logger) LoggerFactory.getLogger("io.github.loopguard")).setLevel(Level.WARN);
	}

	private static boolean round(int port, Random random, long seconds) throws InterruptedException {
		AtomicLong cut = new AtomicLong();
		AtomicLong read = new AtomicLong();
		CountDownLatch failed = new CountDownLatch(1);
		List<DisconnectClient> clients = new ArrayList<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			DisconnectClient client = new DisconnectClient(port, random.nextLong(), cut, read);
			Thread thread = new Thread(client, "client-" + i);
			thread.setUncaughtExceptionHandler((where, ex) -> {
				ex.printStackTrace();
				failed.countDown();
			});
			clients.add(client);
			threads.add(thread);
		}
		threads.forEach(Thread::start);
		boolean anyFailed = failed.await(seconds, TimeUnit.SECONDS);
		clients.forEach(DisconnectClient::stop);
		for (Thread thread : threads) {
			thread.join(TimeUnit.SECONDS.toMillis(TOO_LONG_SECONDS));
		}
		System.out.printf("%d connections cut, %d answers read%n", cut.get(), read.get());
		return !anyFailed && failed.getCount() > 0;
	}

	private static boolean idle(BlockingBridge bridge) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TOO_LONG_SECONDS);
		String problem = problem(bridge);
		while (problem != null && System.nanoTime() - end < 0) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
			problem = problem(bridge);
		}
		if (problem != null) {
			System.out.println(problem);
		}
		return problem == null;
	}

	private static @Nullable String problem(BlockingBridge bridge) {
		for (LaneStatus lane : bridge.lanes()) {
			long outcomes = lane.completed() + lane.failed() + lane.cancelled() + lane.timedOut() + lane.rejected();
			if (lane.active() + lane.queued() + lane.open() + lane.lingering() != 0) {
				return "not idle: " + lane;
			}
			if (outcomes != lane.submitted() + lane.inPlace()) {
				return "not every call has one outcome: " + lane;
			}
		}
		long open = TrackedResource.OPEN.get();
		long closedTwice = TrackedResource.CLOSED_TWICE.get();
		return (open + closedTwice != 0) ? open + " resources open, " + closedTwice + " closed twice" : null;
	}

}
