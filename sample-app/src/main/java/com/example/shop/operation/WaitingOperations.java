package com.example.shop.operation;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import com.example.shop.Warehouse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.web.bind.annotation.PostMapping;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * Waits: for time to pass, for a result, for a lock, for another thread.
 */
@Area(name = "Waiting")
class WaitingOperations {

	private final Warehouse warehouse;

	private final BlockingBridge bridge;

	WaitingOperations(Warehouse warehouse, BlockingBridge bridge) {
		this.warehouse = warehouse;
		this.bridge = bridge;
	}

	@PostMapping("/thread-sleep/blocking")
	@Blocks(api = "Thread.sleep(millis)", rule = "sleep")
	String threadSleep() throws InterruptedException {
		Thread.sleep(25);
		return "slept";
	}

	@PostMapping("/thread-sleep/fixed")
	Mono<String> threadSleepFixed() {
		return Mono.delay(Duration.ofMillis(25)).thenReturn("slept");
	}

	@PostMapping("/time-unit-sleep/blocking")
	@Blocks(api = "TimeUnit.sleep(timeout)", rule = "sleep")
	Mono<String> timeUnitSleep() {
		return Mono.just("slept").doOnNext((result) -> {
			try {
				TimeUnit.MILLISECONDS.sleep(25);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
	}

	@PostMapping("/time-unit-sleep/fixed")
	Mono<String> timeUnitSleepFixed() {
		return Mono.just("slept").delayElement(Duration.ofMillis(25));
	}

	@PostMapping("/park-nanos/blocking")
	@Blocks(api = "LockSupport.parkNanos(nanos)", rule = "sleep")
	String parkNanos() {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
		return "paused";
	}

	@PostMapping("/park-nanos/fixed")
	Mono<String> parkNanosFixed() {
		return Mono.delay(Duration.ofMillis(25)).thenReturn("paused");
	}

	@PostMapping("/future-get/blocking")
	@Blocks(api = "CompletableFuture.get()", rule = "thread-park")
	String futureGet() throws InterruptedException, ExecutionException {
		CompletableFuture<String> offer = new CompletableFuture<String>().completeOnTimeout("an offer", 25,
				TimeUnit.MILLISECONDS);
		return offer.get();
	}

	@PostMapping("/future-get/fixed")
	Mono<String> futureGetFixed() {
		return Mono
			.fromFuture(() -> new CompletableFuture<String>().completeOnTimeout("an offer", 25, TimeUnit.MILLISECONDS));
	}

	@PostMapping("/latch/blocking")
	@Blocks(api = "CountDownLatch.await(timeout)", rule = "thread-park")
	String latch() throws InterruptedException {
		CountDownLatch packed = new CountDownLatch(1);
		return packed.await(25, TimeUnit.MILLISECONDS) ? "packed" : "not packed yet";
	}

	@PostMapping("/latch/fixed")
	Mono<String> latchFixed() {
		Sinks.One<String> packed = Sinks.one();
		return packed.asMono().timeout(Duration.ofMillis(25), Mono.just("not packed yet"));
	}

	@PostMapping("/queue-poll/blocking")
	@Blocks(api = "BlockingQueue.poll(timeout)", rule = "thread-park")
	String queuePoll() throws InterruptedException {
		String order = new LinkedBlockingQueue<String>().poll(25, TimeUnit.MILLISECONDS);
		return (order != null) ? order : "no order";
	}

	@PostMapping("/queue-poll/fixed")
	Mono<String> queuePollFixed() {
		Sinks.Many<String> orders = Sinks.many().unicast().onBackpressureBuffer();
		return orders.asFlux().next().timeout(Duration.ofMillis(25), Mono.just("no order"));
	}

	@PostMapping("/reentrant-lock/blocking")
	@Blocks(api = "ReentrantLock.lock()", rule = "thread-park")
	String reentrantLock() {
		ReentrantLock lock = this.warehouse.takenLock();
		lock.lock();
		try {
			return "my turn";
		}
		finally {
			lock.unlock();
		}
	}

	@PostMapping("/reentrant-lock/fixed")
	Mono<String> reentrantLockFixed() {
		ReentrantLock lock = this.warehouse.takenLock();
		return this.bridge.call(() -> {
			lock.lock();
			try {
				return "my turn";
			}
			finally {
				lock.unlock();
			}
		});
	}

	@PostMapping("/object-wait/blocking")
	@Blocks(api = "Object.wait(timeout)", rule = "monitor-wait")
	String objectWait() throws InterruptedException {
		Object delivery = new Object();
		synchronized (delivery) {
			delivery.wait(25);
		}
		return "no delivery";
	}

	@PostMapping("/object-wait/fixed")
	Mono<String> objectWaitFixed() {
		Sinks.One<String> delivery = Sinks.one();
		return delivery.asMono().timeout(Duration.ofMillis(25), Mono.just("no delivery"));
	}

	@PostMapping("/thread-join/blocking")
	@Blocks(api = "Thread.join()", rule = "monitor-wait")
	String threadJoin() throws InterruptedException {
		this.warehouse.startStocktaking().join();
		return "stock taken";
	}

	@PostMapping("/thread-join/fixed")
	Mono<String> threadJoinFixed() {
		return this.bridge.run(() -> this.warehouse.startStocktaking().join()).thenReturn("stock taken");
	}

	@PostMapping("/synchronized/blocking")
	@Blocks(api = "synchronized (monitor)", rule = "monitor-enter")
	String synchronizedBlock() {
		synchronized (this.warehouse.takenDoor()) {
			return "inside";
		}
	}

	@PostMapping("/synchronized/fixed")
	Mono<String> synchronizedBlockFixed() {
		return this.bridge.call(() -> {
			synchronized (this.warehouse.takenDoor()) {
				return "inside";
			}
		});
	}

	@PostMapping("/selector-select/blocking")
	@Blocks(api = "Selector.select(timeout)", rule = "loop-stall")
	String select() throws IOException {
		try (Selector arrivals = Selector.open()) {
			return arrivals.select(200) + " arrivals";
		}
	}

	@PostMapping("/selector-select/fixed")
	Mono<String> selectFixed() {
		return this.bridge.call(() -> {
			try (Selector arrivals = Selector.open()) {
				return arrivals.select(200) + " arrivals";
			}
		});
	}

}
