package com.example.stall;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;

import io.github.loopguard.blackbox.BlackBoxSettings;
import io.github.loopguard.blackbox.BlackBoxSettings.Port;
import io.github.loopguard.blackbox.BlackBoxSettings.Recording;
import io.github.loopguard.blackbox.recorder.BlackBox;
import io.github.loopguard.detect.DetectorStatus.State;

/**
 * Has event loops, a black box and its port, and does what it is told.
 */
public final class BlackBoxProgram {

	private BlackBoxProgram() {
	}

	public static void main(String[] arguments) {
		Monitored monitored = new Monitored();
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("boxed", true),
				NioIoHandler.newFactory());
		group.forEach((loop) -> loop.execute(() -> Work.cool(1)));
		monitored.awaitWatchedOrBusy("boxed-");
		BlackBox box = new BlackBox(monitored.monitor, monitored.ledger);
		box.configure(new BlackBoxSettings("shop",
				new Recording(Path.of(arguments[0]), true, Integer.parseInt(arguments[1]), 5),
				new Port("127.0.0.1", 0, Duration.ofSeconds(2))));
		Awaitility.await().until(() -> box.port() > 0);
		System.out.println("ready " + box.port());
		try (Scanner commands = new Scanner(System.in)) {
			while (commands.hasNext()) {
				switch (commands.next()) {
					case "stick" -> group.forEach((loop) -> loop.execute(() -> Work.hot(120_000)));
					case "status" -> {
						Awaitility.await().until(() -> box.status().state() == State.DEGRADED);
						System.out.println("status " + box.status().reason());
					}
					case "exit" -> System.exit(0);
					case "hang" -> {
						Runtime.getRuntime().addShutdownHook(new Thread(() -> {
							box.configure(BlackBoxSettings.OFF);
							System.out.println("closed");
							Work.await(new CountDownLatch(1));
						}));
						System.exit(0);
					}
					default -> throw new IllegalArgumentException();
				}
			}
		}
	}

}
