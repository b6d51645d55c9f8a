package com.example.bench.server;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;

import io.github.loopguard.Violation;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.runtime.Loopguard;

@RestController
class ItemController {

	private static final long STALL = 300;

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@GetMapping("/items/{id}")
	Mono<Item> item(@PathVariable long id) {
		return Mono.just(new Item(id, "Teapot", List.of("kitchen", "short", "stout"), 1995));
	}

	@GetMapping("/cost")
	Mono<Cost> cost() {
		long[] ids = this.threads.getAllThreadIds();
		return Mono.just(new Cost(this.system.getProcessCpuTime(),
				Arrays.stream(this.threads.getThreadAllocatedBytes(ids)).filter((bytes) -> bytes > 0).sum()));
	}

	@GetMapping("/blocked")
	Mono<Boolean> blocked() throws InterruptedException {
		try {
			Thread.sleep(1);
			return Mono.just(false);
		}
		catch (BlockingOperationError ex) {
			return Mono.just(true);
		}
	}

	@GetMapping("/stalled")
	Mono<Boolean> stalled() throws InterruptedException {
		Thread.sleep(STALL);
		return Mono.just(true);
	}

	@GetMapping("/found")
	Mono<String> found() {
		return Mono.just(ItemServer.isWatchedByLoopguard() ? Found.byLoopguard() : "");
	}

	@GetMapping("/violations")
	Mono<String> violations() {
		return Mono.just(ItemServer.isWatchedByLoopguard() ? Found.violations() : "[]");
	}

	/**
	 * Kept apart so that the server runs without Loopguard.
	 */
	private static final class Found {

		static String byLoopguard() {
			Loopguard loopguard = Loopguard.instance();
			return loopguard.detectors()
				.stream()
				.filter((detector) -> detector.state() != State.OFF)
				.map((detector) -> detector.name() + " " + detector.state() + ", ")
				.collect(Collectors.joining()) + found(loopguard.ledger());
		}

		static String violations() {
			return Loopguard.instance()
				.ledger()
				.violations()
				.stream()
				.map((violation) -> violation.count() + " " + violation.rule() + " " + violation.api())
				.toList()
				.toString();
		}

		/**
		 * Counts what the routes do, not the classes that are loaded while the server
		 * warms up.
		 */
		private static long found(Ledger ledger) {
			return ledger.violations()
				.stream()
				.filter((violation) -> !violation.rule().equals("class-loading"))
				.mapToLong(Violation::count)
				.sum();
		}

	}

	record Item(long id, String name, List<String> tags, int cents) {
	}

	/**
	 * What the JVM has used since it started.
	 *
	 * @param cpu nanoseconds of CPU time
	 * @param bytes bytes allocated by threads that still live
	 */
	record Cost(long cpu, long bytes) {
	}

}
